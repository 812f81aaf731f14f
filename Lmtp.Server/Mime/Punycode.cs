using System.Globalization;
using System.Text;

namespace Lmtp.Server.Mime;

/// <summary>Punycode (RFC 3492) of domain names, without the checks of IDNA.</summary>
internal static class Punycode
{
    // Sixteen times what DNS allows; characters are inserted one by one, which would take long in a longer one.
    private const int MaxLabelLength = 1024;

    private const int Base = 36;
    private const int MinThreshold = 1;
    private const int MaxThreshold = 26;
    private const int Skew = 38;
    private const int Damp = 700;
    private const int InitialBias = 72;
    private const int InitialCodePoint = 128;

    private static readonly char[] Dots = ['.', '\u3002', '\uff0e', '\uff61'];

    /// <summary>
    /// Appends a domain with every label decoded that begins with <c>xn--</c>; unchanged when one is invalid or very long.
    /// </summary>
    public static void AppendUnicode(ReadOnlySpan<char> domain, TextBuffer text)
    {
        if (domain.IndexOf("xn--") < 0 || HoldsLongLabel(domain))
        {
            text.Append(domain);
            return;
        }

        var labels = domain.ToString().Split(Dots);
        for (var index = 0; index < labels.Length; index++)
        {
            if (labels[index].StartsWith("xn--", StringComparison.Ordinal))
            {
                if (!TryDecode(labels[index][4..].ToLower(CultureInfo.InvariantCulture), out labels[index]))
                {
                    text.Append(domain);
                    return;
                }
            }
        }

        text.Append(string.Join('.', labels));
    }

    private static bool HoldsLongLabel(ReadOnlySpan<char> domain)
    {
        foreach (var range in domain.SplitAny(Dots))
        {
            if (domain[range].Length > MaxLabelLength && domain[range].StartsWith("xn--"))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryDecode(string input, out string decoded)
    {
        decoded = "";
        var delimiter = Math.Max(input.LastIndexOf('-'), 0);
        var codePoints = new List<int>(input.Length);
        for (var index = 0; index < delimiter; index++)
        {
            if (input[index] >= InitialCodePoint)
            {
                return false;
            }

            codePoints.Add(input[index]);
        }

        long codePoint = InitialCodePoint;
        long position = 0;
        var bias = InitialBias;
        for (var index = delimiter > 0 ? delimiter + 1 : 0; index < input.Length;)
        {
            var before = position;
            if (!TryVariableLength(input, ref index, ref position, bias))
            {
                return false;
            }

            var count = codePoints.Count + 1;
            bias = Adapt(position - before, count, before == 0);
            codePoint += position / count;
            position %= count;
            if (codePoint > int.MaxValue)
            {
                return false;
            }

            codePoints.Insert((int)position++, (int)codePoint);
        }

        return TryJoin(codePoints, out decoded);
    }

    private static bool TryVariableLength(string input, ref int index, ref long position, int bias)
    {
        long weight = 1;
        for (var threshold = Base; ; threshold += Base)
        {
            if (index >= input.Length)
            {
                return false;
            }

            var digit = Digit(input[index++]);
            if (digit < 0)
            {
                return false;
            }

            position += digit * weight;
            if (position > int.MaxValue)
            {
                return false;
            }

            var limit = Math.Clamp(threshold - bias, MinThreshold, MaxThreshold);
            if (digit < limit)
            {
                return true;
            }

            weight *= Base - limit;
            if (weight > int.MaxValue)
            {
                return false;
            }
        }
    }

    private static bool TryJoin(List<int> codePoints, out string text)
    {
        var builder = new StringBuilder(codePoints.Count);
        foreach (var codePoint in codePoints)
        {
            if (codePoint > 0x10FFFF)
            {
                text = "";
                return false;
            }

            if (codePoint < 0x10000)
            {
                builder.Append((char)codePoint);
            }
            else
            {
                builder.Append(char.ConvertFromUtf32(codePoint));
            }
        }

        text = builder.ToString();
        return true;
    }

    private static int Digit(char character) => character switch
    {
        >= 'a' and <= 'z' => character - 'a',
        >= 'A' and <= 'Z' => character - 'A',
        >= '0' and <= '9' => character - '0' + 26,
        _ => -1,
    };

    private static int Adapt(long delta, int count, bool isFirst)
    {
        delta = isFirst ? delta / Damp : delta / 2;
        delta += delta / count;
        var bias = 0;
        for (; delta > (Base - MinThreshold) * MaxThreshold / 2; bias += Base)
        {
            delta /= Base - MinThreshold;
        }

        return (int)(bias + ((Base - MinThreshold + 1) * delta / (delta + Skew)));
    }
}
