/**
 * Words that say how a question is asked rather than what it is about: function words and the vocabulary of
 * instructions. Two questions that differ in these alone are one question.
 */
export const weakWords: ReadonlySet<string> = new Set(
  `a an over the and or but if then of to in on at by for from with without as is are was were be been being am do does did
has have had having will would shall should can could may might must it its this that these those there here he she
they them his her their we you your i me my our us who whom whose which what where when why how than so such very too
also just only both each every all any some no not one other another more most less least same different own out under again once about after before between into through during per much many few lot still yet
question mark questions answer answers option options choose choosing select pick find determine identify work out
calculate compute give state name tell following follow follows followed next come comes coming continue continues
continued complete completes completed completing replace replaces belong belongs belonging missing series sequence
pattern rule rules rows row number numbers word words letter letters figure figures shown show shows seen see look
looks memorise memorize memorised remember recall study list true false statement statements above below given
place correct correctly exactly make makes made altogether total suppose assume let us now get gets buy buys
meaning means mean closest nearest similar opposite relate related relates relationship analogy stands way holds
together needs need take takes taken hand side keep holds hold known know what's please say says said`.split(
    /\s+/u,
  ),
);

/** Words of direction: in questions about space they are the givens, as numbers are elsewhere. */
export const directionWords: ReadonlySet<string> = new Set(
  `left right up down towards away clockwise counterclockwise anticlockwise north south east west top bottom around
before after directly first second third fourth fifth sixth`.split(/\s+/u),
);
