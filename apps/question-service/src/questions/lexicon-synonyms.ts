/** Words of one meaning and words of the opposite meaning. No word of a group is close to another group's. */
export interface MeaningGroup {
  readonly wordClass: 'adjective' | 'verb' | 'noun';
  /** How familiar the words are. */
  readonly register: 'common' | 'rare';
  readonly words: readonly string[];
  readonly opposites: readonly string[];
}

const lines = `
adjective common|happy cheerful glad|sad unhappy gloomy
adjective common|big large huge|little small tiny
adjective common|fast quick rapid|slow sluggish
adjective common|rich wealthy affluent|poor needy
adjective common|brave courageous fearless|cowardly timid
adjective common|clever intelligent smart|stupid foolish
adjective common|silent quiet noiseless|loud noisy
adjective common|difficult hard tough|easy simple effortless
adjective common|wet damp soaked|dry arid
adjective common|strange odd peculiar|normal usual ordinary
adjective common|famous renowned celebrated|unknown obscure
adjective common|polite courteous well-mannered|rude impolite
adjective common|empty vacant unoccupied|full crowded
adjective common|honest truthful sincere|deceitful dishonest
adjective common|ancient aged antique|modern new recent
adjective common|strong sturdy robust|weak feeble frail
adjective common|lazy idle slothful|industrious hard-working diligent
adjective common|dangerous risky hazardous|safe harmless
adjective common|correct accurate exact|wrong mistaken erroneous
adjective common|beautiful attractive lovely|ugly hideous
adjective common|generous giving charitable|stingy miserly
adjective common|sharp pointed|blunt dull
adjective common|permanent lasting enduring|temporary brief short-lived
adjective common|clean spotless unsoiled|dirty filthy grimy
adjective rare|verbose wordy long-winded|concise succinct terse
adjective rare|abundant plentiful copious|scarce sparse
adjective rare|transparent clear see-through|opaque cloudy
adjective rare|flexible supple pliable|rigid stiff inflexible
adjective rare|humble modest unassuming|arrogant haughty conceited
adjective rare|obstinate stubborn headstrong|compliant docile yielding
adjective rare|voluntary optional elective|compulsory mandatory obligatory
adjective rare|hostile unfriendly antagonistic|amicable friendly
adjective rare|reckless careless rash|cautious wary prudent
adjective rare|superficial shallow|profound deep
adjective rare|genuine authentic real|fake counterfeit sham
adjective rare|lucid intelligible understandable|confusing incomprehensible
adjective rare|benevolent kind-hearted|malevolent spiteful malicious
adjective rare|hidden concealed covert|visible overt exposed
adjective rare|tranquil calm serene|agitated turbulent
adjective rare|fertile productive fruitful|barren sterile
verb common|begin start commence|end finish conclude
verb common|buy purchase acquire|sell vend
verb common|allow permit let|forbid prohibit ban
verb common|repair mend fix|break damage
verb common|hide conceal|reveal uncover
verb common|grow increase expand|shrink decrease diminish
verb common|accept agree|refuse decline reject
verb common|love adore cherish|hate detest
verb common|build construct erect|demolish destroy
verb common|rise ascend climb|fall descend sink
verb common|praise commend applaud|criticise condemn
verb common|gather collect assemble|scatter disperse
verb common|remember recall recollect|forget
verb common|win triumph|lose
verb common|arrive reach|depart leave
verb common|attack assault|defend protect
verb common|unite join merge|divide separate
verb common|cry weep sob|laugh giggle
verb common|assist help aid|hinder obstruct
verb common|ask inquire|answer reply respond
verb rare|postpone delay defer|advance hasten expedite
verb rare|exaggerate overstate|understate downplay
verb rare|imitate copy mimic|originate invent
verb rare|endanger imperil|safeguard shield
verb rare|renounce relinquish abandon|retain keep
verb rare|soothe pacify placate|irritate provoke
verb rare|squander waste|economise save
verb rare|surrender capitulate|resist withstand
verb rare|liberate free release|imprison confine incarcerate
verb rare|verify confirm corroborate|refute disprove
noun common|friend companion pal|enemy foe
noun common|victory conquest|defeat
noun common|courage bravery valour|cowardice
noun common|error mistake blunder|correctness
noun common|peace harmony concord|war conflict
noun common|beginning outset|ending conclusion
noun common|profit gain|loss deficit
noun common|guest visitor caller|host
noun common|trust confidence|distrust suspicion
noun common|hunger appetite|fullness
noun common|riches wealth fortune|poverty
noun common|child youngster|adult grown-up
noun common|shout yell scream|whisper murmur
noun common|job occupation profession|unemployment
noun common|rubbish garbage trash|valuables
noun rare|novice beginner apprentice|expert veteran
noun rare|clamour uproar din|silence stillness
noun rare|brevity conciseness|wordiness verbosity
noun rare|leniency mercy clemency|severity harshness
noun rare|summit peak pinnacle|base foot
noun rare|sage philosopher|fool simpleton
noun rare|remedy cure antidote|poison toxin
noun rare|scarcity shortage dearth|surplus abundance
noun rare|candour frankness openness|secrecy evasiveness
noun rare|obstacle hurdle impediment|advantage asset
`;

/** All groups. */
export const meaningGroups: readonly MeaningGroup[] = lines
  .trim()
  .split('\n')
  .map((line) => {
    const [kind, words, opposites] = line.split('|') as [string, string, string];
    const [wordClass, register] = kind.split(' ') as [
      MeaningGroup['wordClass'],
      MeaningGroup['register'],
    ];
    return { wordClass, register, words: words.split(' '), opposites: opposites.split(' ') };
  });
