/** Pairs of words in one relation: each left word has one right word and each right word one left word. */
export interface Relation {
  readonly name: string;
  /** How the pair is put in words: "A … B". */
  readonly because: (left: string, right: string) => string;
  readonly pairs: readonly (readonly [string, string])[];
}

function aOrAn(noun: string): string {
  return `${/^[aeio]|^u(?!n?i)/u.test(noun) ? 'an' : 'a'} ${noun}`;
}

function relation(name: string, because: Relation['because'], pairs: string): Relation {
  return {
    name,
    because,
    pairs: pairs
      .trim()
      .split(/\s+/u)
      .map((pair) => pair.replaceAll('_', ' ').split(':') as [string, string]),
  };
}

/**
 * All relations, about 270 pairs. A pair is left out when another word of its relation would do as well:
 * a carpenter has a saw, so nobody else has a chisel.
 */
export const relations: readonly Relation[] = [
  relation(
    'young',
    (left, right) => `${aOrAn(left)} is a young ${right}`,
    `puppy:dog kitten:cat calf:cow foal:horse lamb:sheep
    piglet:pig duckling:duck cub:bear fawn:deer chick:hen kid:goat gosling:goose cygnet:swan tadpole:frog owlet:owl
    eaglet:eagle caterpillar:butterfly joey:kangaroo leveret:hare`,
  ),
  relation(
    'capital',
    (left, right) => `${left} is the capital of ${right}`,
    `Paris:France Rome:Italy Madrid:Spain Lisbon:Portugal
    Athens:Greece Vienna:Austria Berlin:Germany Warsaw:Poland Prague:Czechia Budapest:Hungary Oslo:Norway
    Stockholm:Sweden Helsinki:Finland Copenhagen:Denmark Dublin:Ireland Brussels:Belgium Cairo:Egypt Tokyo:Japan
    Beijing:China Ottawa:Canada Nairobi:Kenya Lima:Peru Havana:Cuba Ankara:Turkey Tehran:Iran Hanoi:Vietnam`,
  ),
  relation(
    'tool',
    (left, right) => `${aOrAn(left)} works with ${aOrAn(right)}`,
    `painter:brush carpenter:saw surgeon:scalpel gardener:spade
    tailor:needle butcher:cleaver fisherman:net drummer:drumstick photographer:camera astronomer:telescope
    blacksmith:anvil conductor:baton archer:bow writer:pen
    judge:gavel`,
  ),
  relation(
    'workplace',
    (left, right) => `${aOrAn(left)} works in ${aOrAn(right)}`,
    `teacher:school chef:kitchen nurse:hospital actor:theatre
    farmer:field librarian:library pilot:cockpit baker:bakery miner:mine chemist:laboratory monk:monastery
    judge:courtroom sailor:ship astronaut:spacecraft cashier:supermarket banker:bank
    clown:circus curator:museum`,
  ),
  relation(
    'part',
    (left, right) => `${aOrAn(left)} is a part of ${aOrAn(right)}`,
    `petal:flower page:book wheel:car branch:tree finger:hand
    toe:foot string:guitar sail:yacht lens:camera blade:knife rung:ladder tooth:mouth
    wing:bird fin:fish brick:wall stanza:poem player:team star:constellation
    island:archipelago scene:play`,
  ),
  relation(
    'home',
    (left, right) => `${aOrAn(left)} lives in ${aOrAn(right)}`,
    `bee:hive dog:kennel horse:stable spider:web
    pig:sty fox:den rabbit:burrow hen:coop beaver:lodge king:palace
    soldier:barracks nun:convent`,
  ),
  relation(
    'material',
    (left, right) => `${right} is made from ${left}`,
    `flour:bread grape:wine milk:cheese wood:paper wool:yarn
    clay:pottery sand:glass leather:shoe cocoa:chocolate gold:coin olive:oil tomato:ketchup wax:candle iron:steel
    rubber:tyre apple:cider barley:beer feather:quill`,
  ),
  relation(
    'group',
    (left, right) => `${aOrAn(right)} is made up of many like the ${left}`,
    `wolf:pack sheep:flock fish:shoal bee:swarm lion:pride
    soldier:army singer:choir ship:fleet musician:orchestra tree:forest actor:cast sailor:crew
    flower:bouquet mountain:range juror:jury senator:senate pupil:class`,
  ),
  relation(
    'sound',
    (left, right) => `${aOrAn(left)} makes the sound "${right}"`,
    `dog:bark cat:meow cow:moo sheep:bleat lion:roar
    horse:neigh duck:quack owl:hoot frog:croak bee:buzz snake:hiss pig:grunt mouse:squeak wolf:howl crow:caw
    turkey:gobble donkey:bray dove:coo elephant:trumpet cricket:chirp`,
  ),
  relation(
    'measures',
    (left, right) => `${aOrAn(left)} measures ${right}`,
    `thermometer:temperature clock:time scale:weight ruler:length
    barometer:air_pressure speedometer:speed odometer:distance protractor:angle seismograph:earthquakes
    altimeter:height hygrometer:humidity voltmeter:voltage audiometer:hearing photometer:brightness
    sphygmomanometer:blood_pressure anemometer:wind`,
  ),
  relation(
    'product',
    (left, right) => `${aOrAn(left)} makes ${aOrAn(right)}`,
    `poet:poem composer:symphony architect:building baker:loaf
    author:novel cobbler:boot potter:vase tailor:suit sculptor:statue choreographer:dance painter:portrait
    cartographer:map hen:egg
    playwright:drama cabinetmaker:cupboard`,
  ),
  relation(
    'study',
    (left, right) => `${left} is the study of ${right}`,
    `botany:plants astronomy:stars geology:rocks
    meteorology:weather entomology:insects ornithology:birds psychology:mind cardiology:heart linguistics:language
    seismology:earthquakes dermatology:skin ichthyology:fish mycology:fungi etymology:word_origins
    ophthalmology:eyes neurology:nerves oceanography:sea herpetology:reptiles genetics:heredity`,
  ),
  relation(
    'function',
    (left, right) => `one uses ${aOrAn(left)} to ${right}`,
    `knife:cut pen:write oven:bake needle:sew broom:sweep spade:dig
    drill:bore kettle:boil shower:wash bed:sleep ladder:climb scale:weigh key:unlock telephone:call razor:shave
    iron:press glue:stick towel:dry ruler:measure`,
  ),
  relation(
    'lack',
    (left, right) => `${left} is a lack of ${right}`,
    `darkness:light silence:sound drought:rain poverty:money
    ignorance:knowledge famine:food anarchy:order apathy:interest vacuum:air
    baldness:hair boredom:excitement loneliness:company insomnia:sleep amnesia:memory`,
  ),
  relation(
    'degree',
    (left, right) => `${right} is a much stronger form of ${left}`,
    `warm:scorching cool:freezing breeze:gale drizzle:downpour
    hungry:starving tired:exhausted dislike:loathe scared:terrified surprised:astounded
    annoyed:furious sip:gulp stroll:sprint smile:laugh
    funny:hilarious`,
  ),
  relation(
    'cause',
    (left, right) => `${left} leads to ${right}`,
    `virus:disease fire:smoke rain:flood joke:laughter
    exercise:fitness injury:pain insult:offence crime:punishment practice:skill spark:explosion
    success:pride exposure:sunburn danger:fear`,
  ),
];
