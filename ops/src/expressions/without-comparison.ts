import { parseTree } from './parse-promql.ts';

type Node = ReturnType<typeof parseTree>['topNode'];

const comparisons = ['Eql', 'Neq', 'Gtr', 'Gte', 'Lss', 'Lte'];

/**
 * Takes an alert's expression apart into what it compares: each part gives a sample while the alert is silent too.
 * Guards inside arithmetic, as of a denominator, stay. Of an absence what is absent is asked for.
 *
 * @throws {SyntaxError} For what is not PromQL.
 */
export function withoutComparison(expression: string): string[] {
  const text = ({ from, to }: Node): string => expression.slice(from, to).trim();

  function partsOf(node: Node): string[] {
    if (node.name === 'ParenExpr') {
      const [inner] = expressionsIn(node);
      return inner ? partsOf(inner) : [];
    }
    if (node.name === 'BinaryExpr') return partsOfBinary(node);
    if (node.name === 'FunctionCall' && /^absent\b/.test(text(node))) {
      return expressionsIn(node.getChild('FunctionCallBody') ?? node).flatMap(partsOf);
    }
    return hasSeries(node) ? [text(node)] : [];
  }

  function partsOfBinary(node: Node): string[] {
    const [left, right] = expressionsIn(node);
    if (!left || !right) return [];
    // What `unless` excludes need not be there.
    if (node.getChild('Unless')) return partsOf(left);
    const isSplit =
      node.getChild('And') ||
      node.getChild('Or') ||
      comparisons.some((each) => node.getChild(each));
    if (!isSplit || node.getChild('BoolModifier')) return hasSeries(node) ? [text(node)] : [];
    return [...partsOf(left), ...partsOf(right)];
  }

  const [top] = expressionsIn(parseTree(expression).topNode);
  return top ? partsOf(top) : [];
}

const expressionsIn = (node: Node): Node[] => node.getChildren('Expr');

function hasSeries(node: Node): boolean {
  if (node.name === 'VectorSelector') return true;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (hasSeries(child)) return true;
  }
  return false;
}
