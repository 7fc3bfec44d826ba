import { firstNames } from '../../../questions/first-names.ts';

/** Groups of people that may overlap in any way, so that knowledge of the world neither helps nor misleads. */
export const groups: readonly string[] =
  `painters cyclists gardeners bakers singers swimmers teachers
drummers sailors runners poets hikers dancers nurses farmers tailors pilots carpenters chemists skaters weavers
jugglers climbers librarians lawyers beekeepers collectors skiers architects plumbers violinists translators
photographers magicians engineers florists potters wrestlers fencers divers barbers astronomers bankers archers
vegetarians rowers printers welders barristers puppeteers`.split(/\s+/u);

/** Independent facts: subject and state, said as "subject is state" and "subject is not state". */
export const facts: readonly (readonly [string, string])[] = [
  'the lamp|on',
  'the gate|open',
  'the alarm|active',
  'the kettle|hot',
  'the bridge|closed',
  'the train|late',
  'the shop|full',
  'the garden|wet',
  'the engine|warm',
  'the radio|loud',
  'the window|shut',
  'the museum|free',
  'the ferry|empty',
  'the oven|clean',
  'the path|icy',
  'the printer|ready',
  'the pool|heated',
  'the library|quiet',
  'the phone|charged',
  'the stage|lit',
  'the road|blocked',
  'the cellar|dark',
  'the safe|locked',
  'the market|busy',
  'the tower|visible',
  'the fountain|dry',
  'the parcel|sealed',
  'the letter|signed',
  'the bell|broken',
  'the boat|painted',
  'the field|flooded',
  'the kitchen|tidy',
  'the lift|stuck',
  'the signal|red',
  'the hall|booked',
  'the stove|lit',
  'the roof|repaired',
  'the tent|packed',
  'the well|deep',
  'the flag|raised',
  'the cake|baked',
  'the piano|tuned',
  'the clock|wrong',
  'the harbour|calm',
  'the office|staffed',
  'the table|laid',
].map((entry) => entry.split('|') as [string, string]);

const trees = 'oak elm pine birch maple cedar ash beech willow larch'.split(' ');
const boxes = 'red blue green yellow white black orange purple'.split(' ');
const furniture = 'sofa desk lamp mirror carpet bookcase wardrobe armchair'.split(' ');
const vehicles = 'bus tram lorry van taxi motorbike tractor scooter'.split(' ');
const roads =
  'coast road|forest road|valley road|mountain road|river road|castle road|mill road'.split('|');
const buildings = 'school|station|theatre|library|hospital|museum|town hall|post office'.split('|');

/** What can be put in order, with the words for both directions. */
export const comparisons: readonly {
  readonly things: readonly string[];
  readonly more: string;
  readonly less: string;
  readonly most: string;
  readonly least: string;
}[] = [
  {
    things: trees.map((tree) => `the ${tree}`),
    more: 'taller',
    less: 'shorter',
    most: 'tallest',
    least: 'shortest',
  },
  {
    things: trees.map((tree) => `the ${tree}`),
    more: 'older',
    less: 'younger',
    most: 'oldest',
    least: 'youngest',
  },
  {
    things: boxes.map((box) => `the ${box} box`),
    more: 'heavier',
    less: 'lighter',
    most: 'heaviest',
    least: 'lightest',
  },
  {
    things: boxes.map((box) => `the ${box} box`),
    more: 'larger',
    less: 'smaller',
    most: 'largest',
    least: 'smallest',
  },
  {
    things: boxes.map((box) => `the ${box} rope`),
    more: 'longer',
    less: 'shorter',
    most: 'longest',
    least: 'shortest',
  },
  {
    things: furniture.map((piece) => `the ${piece}`),
    more: 'dearer',
    less: 'cheaper',
    most: 'dearest',
    least: 'cheapest',
  },
  {
    things: vehicles.map((vehicle) => `the ${vehicle}`),
    more: 'faster',
    less: 'slower',
    most: 'fastest',
    least: 'slowest',
  },
  {
    things: roads.map((road) => `the ${road}`),
    more: 'wider',
    less: 'narrower',
    most: 'widest',
    least: 'narrowest',
  },
  {
    things: buildings.map((building) => `the ${building}`),
    more: 'newer',
    less: 'older',
    most: 'newest',
    least: 'oldest',
  },
  { things: firstNames, more: 'taller', less: 'shorter', most: 'tallest', least: 'shortest' },
  { things: firstNames, more: 'older', less: 'younger', most: 'oldest', least: 'youngest' },
];

/** Words for a rank, from the top. */
export const ordinals = ['', 'second ', 'third ', 'fourth ', 'fifth ', 'sixth '];
