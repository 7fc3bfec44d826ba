/** A kind of things; its members belong to no other category of the lexicon. */
export interface Category {
  readonly name: string;
  /** Categories of one realm are close to each other. */
  readonly realm: string;
  readonly members: readonly string[];
}

const lines = `
animals|mammals|horse cow dog cat elephant lion tiger wolf bear rabbit squirrel giraffe zebra monkey fox deer
animals|birds|eagle sparrow owl parrot penguin swan pigeon raven stork ostrich woodpecker flamingo
animals|fish|salmon trout tuna cod herring carp sardine haddock mackerel halibut
animals|insects|ant bee wasp butterfly beetle mosquito moth grasshopper dragonfly ladybird termite
animals|reptiles|snake lizard crocodile tortoise chameleon iguana gecko viper
plants|fruits|apple pear banana cherry grape mango strawberry peach melon apricot pineapple raspberry
plants|vegetables|carrot cabbage onion spinach broccoli leek turnip cauliflower radish lettuce
plants|trees|oak elm birch maple cedar willow beech larch poplar sycamore
plants|flowers|tulip daisy orchid lily daffodil carnation sunflower geranium dandelion
food|spices|pepper cinnamon saffron nutmeg ginger paprika turmeric cumin
food|dairy products|butter cheese yoghurt cream milk custard
food|drinks|tea coffee lemonade cocoa juice wine beer cider
music|stringed instruments|violin cello guitar harp banjo lute mandolin ukulele
music|wind instruments|flute trumpet clarinet oboe trombone bassoon saxophone tuba
music|dances|waltz tango polka foxtrot flamenco rumba samba
transport|land vehicles|car bus lorry bicycle tram tractor motorcycle van
transport|ships|canoe ferry yacht raft submarine kayak frigate barge
transport|aircraft|aeroplane helicopter glider airship seaplane drone
home|pieces of furniture|chair sofa wardrobe desk bookcase armchair cupboard stool
home|kitchen tools|ladle whisk grater colander spatula saucepan corkscrew peeler
home|textiles|cotton silk wool linen velvet denim satin nylon
home|clothes|coat shirt trousers glove scarf sock jacket skirt sweater
work|hand tools|hammer saw chisel screwdriver pliers spanner axe
work|professions|baker carpenter surgeon plumber lawyer tailor architect dentist journalist
work|sports|tennis football hockey rugby volleyball basketball badminton
science|metals|iron copper zinc tin aluminium nickel platinum cobalt
science|gases|oxygen hydrogen nitrogen helium neon argon methane
science|planets|Venus Jupiter Saturn Uranus Neptune Earth
science|plane figures|triangle square circle rectangle pentagon hexagon trapezium rhombus
science|measuring instruments|thermometer barometer compass speedometer stopwatch altimeter hygrometer
body|parts of the face|nose chin cheek eyebrow forehead eyelid
body|inner organs|heart liver kidney lung stomach pancreas
body|limbs and joints|elbow knee wrist ankle shoulder thigh
earth|landforms|mountain valley plateau hill canyon cliff ridge
earth|bodies of water|lake river ocean pond lagoon stream bay
earth|kinds of weather|rain snow hail fog sleet drizzle thunderstorm
earth|gemstones|diamond ruby emerald sapphire topaz amethyst
culture|buildings|castle cathedral cottage palace skyscraper bungalow lighthouse
culture|kinds of text|novel poem essay biography fable anthology
culture|languages|Spanish Italian Portuguese Finnish Hungarian Swahili Turkish
culture|emotions|joy anger fear sorrow envy pride shame
time|months|January February April June July August October
time|units of time|second minute hour week decade century
time|meals|breakfast lunch dinner supper brunch
`;

/** All categories, each with at least five members. */
export const categories: readonly Category[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [realm, name, members] = line.split('|') as [string, string, string];
    return { realm, name, members: members.split(' ') };
  });
