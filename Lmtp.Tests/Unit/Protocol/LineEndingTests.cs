using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Server.Protocol.Receiving;

namespace Lmtp.Tests.Unit.Protocol;

public sealed partial class LineEndingTests
{
    private const int Rounds = 3_000;

    [Fact]
    public void Detector_and_normaliser_agree_with_a_regular_expression_whatever_the_split()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < Rounds; round++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(0, 20)).Select(_ => "\r\nab"[random.Next(4)]));
            var input = Encoding.ASCII.GetBytes(text);
            var detector = new BareLineEndingDetector();
            var normaliser = new LineEndingNormaliser();
            var output = new byte[64];
            var length = 0;
            var found = false;
            for (var position = 0; position < input.Length;)
            {
                var part = input.AsSpan(position, Math.Min(random.Next(1, 5), input.Length - position));
                found = found || detector.Feed(part);
                length += normaliser.Feed(part, output.AsSpan(length));
                position += part.Length;
            }

            length += normaliser.End(output.AsSpan(length));

            Assert.True(AnyLineEnd().Replace(text, "\r\n") == Encoding.ASCII.GetString(output, 0, length), $"seed {seed}: {text}");
            Assert.True(AnyLineEnd().Matches(text).Any(match => match.Length == 1) == (found || detector.AtEnd()), $"seed {seed}: {text}");
        }
    }

    [GeneratedRegex("\r\n|\r|\n")]
    private static partial Regex AnyLineEnd();
}
