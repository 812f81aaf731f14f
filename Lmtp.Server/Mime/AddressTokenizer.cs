using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>A piece of an address list: text, or an operator when <see cref="Operator"/> is not NUL.</summary>
/// <param name="Operator">The operator character, or NUL.</param>
/// <param name="Text">The trimmed text; empty for operators.</param>
/// <param name="GluesNext">A closing operator with nothing that separates between it and what follows.</param>
internal readonly record struct AddressToken(char Operator, string Text, bool GluesNext);

/// <summary>Splits an address list into text and operators.</summary>
internal static class AddressTokenizer
{
    public static List<AddressToken> Tokenize(string text)
    {
        var tokens = new List<AddressToken>();
        var pending = new StringBuilder();
        var closing = '\0';
        var escaped = false;
        var inDomainLiteral = false;
        for (var index = 0; index < text.Length; index++)
        {
            var character = text[index];
            if (!escaped && closing == '\0')
            {
                inDomainLiteral = inDomainLiteral ? character is not (']' or ',' or ';') : character == '[';
            }

            if (escaped)
            {
                escaped = false;
            }
            else if (closing != '\0' && character == closing)
            {
                Flush(tokens, pending);
                tokens.Add(new AddressToken(character, "", Glues(text, index + 1)));
                closing = '\0';
                continue;
            }
            else if (closing == '\0' && !inDomainLiteral && TryOpen(character, out var expected))
            {
                Flush(tokens, pending);
                tokens.Add(new AddressToken(character, "", GluesNext: false));
                closing = expected;
                continue;
            }
            else if (closing == '"' && character == '\\')
            {
                escaped = true;
                continue;
            }

            if (character == '\n')
            {
                pending.Append(' ');
            }
            else if (character is >= '!' or ' ' or '\t')
            {
                pending.Append(character);
            }
        }

        Flush(tokens, pending);
        return tokens;
    }

    private static bool TryOpen(char character, out char closing)
    {
        closing = character switch
        {
            '"' => '"',
            '(' => ')',
            '<' => '>',
            ':' => ';',
            _ => '\0',
        };
        return closing != '\0' || character is ',' or ';';
    }

    private static bool Glues(string text, int next) =>
        next < text.Length && text[next] is not (' ' or '\t' or '\r' or '\n' or ',' or ';');

    private static void Flush(List<AddressToken> tokens, StringBuilder pending)
    {
        var text = Whitespace.Trim(pending.ToString());
        pending.Clear();
        if (text.Length > 0)
        {
            tokens.Add(new AddressToken('\0', text, GluesNext: false));
        }
    }
}
