using System.Text;

namespace Lmtp.Tests.Integration.WildDuck.Imap;

/// <summary>Reads the values of a response that may have literals in it.</summary>
internal static class ImapParser
{
    /// <param name="parts">The lines, each with the literal that follows it.</param>
    public static IReadOnlyList<ImapValue> Parse(IReadOnlyList<(string Line, byte[]? Literal)> parts)
    {
        var lists = new Stack<List<ImapValue>>();
        lists.Push([]);
        foreach (var (line, literal) in parts)
        {
            ParseLine(literal is null ? line : line[..line.LastIndexOf('{')], lists);
            if (literal is not null)
            {
                lists.Peek().Add(new ImapString(literal));
            }
        }

        return lists.Count == 1
            ? lists.Pop()
            : throw new FormatException($"A list of the response is not closed: {parts[0].Line}");
    }

    private static void ParseLine(string line, Stack<List<ImapValue>> lists)
    {
        var position = 0;
        while (position < line.Length)
        {
            switch (line[position])
            {
                case ' ':
                    position++;
                    break;
                case '(':
                    lists.Push([]);
                    position++;
                    break;
                case ')':
                    var items = lists.Pop();
                    lists.Peek().Add(new ImapList(items));
                    position++;
                    break;
                case '"':
                    lists.Peek().Add(ReadQuoted(line, ref position));
                    break;
                default:
                    lists.Peek().Add(ReadAtom(line, ref position));
                    break;
            }
        }
    }

    private static ImapString ReadQuoted(string line, ref int position)
    {
        var text = new StringBuilder();
        for (position++; line[position] != '"'; position++)
        {
            if (line[position] == '\\')
            {
                position++;
            }

            text.Append(line[position]);
        }

        position++;
        return new ImapString(Encoding.Latin1.GetBytes(text.ToString()));
    }

    // The section of a body may have spaces and parentheses: BODY[HEADER.FIELDS (SUBJECT)].
    private static ImapAtom ReadAtom(string line, ref int position)
    {
        var start = position;
        var inSection = false;
        for (; position < line.Length && (inSection || line[position] is not (' ' or '(' or ')')); position++)
        {
            inSection = line[position] switch { '[' => true, ']' => false, _ => inSection };
        }

        return new ImapAtom(line[start..position]);
    }
}
