using System.Collections.Frozen;
using System.Text;
using System.Text.Unicode;

namespace Lmtp.Server.Protocol.Grammar;

/// <summary>A command line cut into its verb and the rest, CRLF removed.</summary>
/// <param name="Verb">The verb, whatever its case.</param>
/// <param name="Arguments">What follows the verb and one blank; trailing blanks are removed (RFC 5321 section 4.1.1).</param>
/// <param name="IsText">Whether the line is UTF-8 without control characters.</param>
internal readonly record struct CommandLine(Verb Verb, ReadOnlyMemory<byte> Arguments, bool IsText)
{
    private const int LongestVerb = 8;

    private static readonly FrozenDictionary<ulong, Verb> Verbs = new Dictionary<string, Verb>
    {
        ["LHLO"] = Verb.Lhlo,
        ["HELO"] = Verb.Helo,
        ["EHLO"] = Verb.Ehlo,
        ["MAIL"] = Verb.Mail,
        ["RCPT"] = Verb.Rcpt,
        ["DATA"] = Verb.Data,
        ["BDAT"] = Verb.Bdat,
        ["RSET"] = Verb.Rset,
        ["NOOP"] = Verb.Noop,
        ["VRFY"] = Verb.Vrfy,
        ["EXPN"] = Verb.Expn,
        ["HELP"] = Verb.Help,
        ["QUIT"] = Verb.Quit,
        ["STARTTLS"] = Verb.StartTls,
        ["AUTH"] = Verb.Auth,
        ["XCLIENT"] = Verb.Xclient,
        ["XFORWARD"] = Verb.Xforward,
        ["PROXY"] = Verb.Proxy,
        ["GET"] = Verb.HttpMethod,
        ["HEAD"] = Verb.HttpMethod,
        ["POST"] = Verb.HttpMethod,
        ["PUT"] = Verb.HttpMethod,
        ["DELETE"] = Verb.HttpMethod,
        ["OPTIONS"] = Verb.HttpMethod,
        ["CONNECT"] = Verb.HttpMethod,
        ["PRI"] = Verb.HttpMethod,
    }.ToFrozenDictionary(pair => Pack(Encoding.ASCII.GetBytes(pair.Key)), pair => pair.Value);

    /// <summary>Cuts a line; one that begins with a blank or with an unknown word has the verb <see cref="Verb.Unknown"/>.</summary>
    public static CommandLine Parse(ReadOnlyMemory<byte> line)
    {
        var span = line.Span;
        var isText = span.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0 && span.IndexOf((byte)0x7F) < 0 && Utf8.IsValid(span);
        span = span.TrimEnd((byte)' ');
        var blank = span.IndexOf((byte)' ');
        var word = blank < 0 ? span : span[..blank];
        var verb = Verbs.GetValueOrDefault(Pack(word));
        var arguments = blank < 0 ? default : line[(blank + 1)..span.Length];
        return new CommandLine(verb, arguments, isText);
    }

    /// <summary>Folds up to eight letters into one number, upper case; zero for anything else.</summary>
    private static ulong Pack(ReadOnlySpan<byte> word)
    {
        if (word.Length > LongestVerb)
        {
            return 0;
        }

        var packed = 0UL;
        foreach (var letter in word)
        {
            if (!char.IsAsciiLetter((char)letter))
            {
                return 0;
            }

            packed = (packed << 8) | (byte)(letter & 0xDF);
        }

        return packed;
    }
}
