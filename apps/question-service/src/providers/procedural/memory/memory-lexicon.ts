/** Short, concrete, familiar words for lists to be remembered. */
export const memoryWords: readonly string[] =
  `apple anchor arrow basket beach bell bicycle blanket boat bottle bread
brick bridge brush bucket butter button cabin cactus camel camera candle canoe carpet carrot castle chain chair cheese
cherry chimney circus cloud coffee coin compass copper cotton cradle crown curtain desert diamond dolphin donkey door
dragon dress drum eagle engine falcon feather fence finger flag flute forest fountain garden giraffe glacier glove
goose grape guitar hammer harbour harp hat helmet honey horse island ivory jacket jungle kettle kitten ladder lake
lamp lantern leather lemon letter lion lobster magnet mango map marble meadow melon mirror monkey moon mountain mouse
needle nest ocean olive onion orange orchid oven owl paint palace paper parrot pearl pencil pepper piano pillow pirate
planet pocket pony potato puzzle rabbit rainbow river robot rocket rope saddle salmon scarf shadow shell ship silver
snow soap spider spoon squirrel statue storm sugar sword table teacher temple tent thunder ticket tiger tomato towel
tower train tulip tunnel turtle umbrella valley violin volcano wagon walnut whale wheel whistle window winter wizard
wolf wool zebra`.split(/\s+/u);

/** Things that come in colours. */
export const memoryThings: readonly string[] =
  `kite cup bicycle scarf balloon book umbrella lamp hat boat suitcase
guitar chair bottle watch jacket car door flag pencil`.split(/\s+/u);

export const memoryColours: readonly string[] =
  `red blue green yellow white black orange purple brown pink grey
silver`.split(/\s+/u);

/** Consonants that do not sound alike in English, so that a slip is one of memory and not of hearing. */
export const memoryLetters: readonly string[] = [...'BFHJKLMQRSTXZ'];
