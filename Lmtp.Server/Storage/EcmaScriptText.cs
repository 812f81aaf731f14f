using System.Text;

namespace Lmtp.Server.Storage;

/// <summary>
/// Case mapping as ECMAScript has it: WildDuck's keys were made with it, and .NET's invariant mapping differs in the
/// characters whose lower case has another length.
/// </summary>
internal static class EcmaScriptText
{
    private const char CapitalIWithDot = '\u0130';
    private const char CapitalSigma = '\u03A3';

    public static string ToLower(string value)
    {
        if (value.AsSpan().IndexOfAny(CapitalIWithDot, CapitalSigma) < 0)
        {
            return value.ToLowerInvariant();
        }

        var lower = new StringBuilder(value.Length + 2);
        for (var i = 0; i < value.Length; i++)
        {
            switch (value[i])
            {
                case CapitalIWithDot:
                    lower.Append("i\u0307");
                    break;
                case CapitalSigma:
                    lower.Append(EndsWord(value, i) ? '\u03C2' : '\u03C3');
                    break;
                default:
                    lower.Append(char.ToLowerInvariant(value[i]));
                    break;
            }
        }

        return lower.ToString();
    }

    // Unicode's Final_Sigma: a letter before, none after.
    private static bool EndsWord(string value, int index) =>
        index > 0 && char.IsLetter(value[index - 1]) && (index + 1 == value.Length || !char.IsLetter(value[index + 1]));
}
