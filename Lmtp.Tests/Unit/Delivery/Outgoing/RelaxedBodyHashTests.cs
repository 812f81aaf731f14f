using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Lmtp.Server.Storage.Outgoing;

namespace Lmtp.Tests.Unit.Delivery.Outgoing;

public sealed partial class RelaxedBodyHashTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\r\n\r\n", "")]
    [InlineData(" C \r\nD \t E\r\n\r\n\r\n", " C\r\nD E\r\n")]
    [InlineData("a\nb\r\n", "a\r\nb\r\n")]
    [InlineData("a", "a\r\n")]
    [InlineData("a\rb \r\n \r\nc\r\n", "a\rb\r\n\r\nc\r\n")]
    public void Body_is_hashed_in_relaxed_form(string body, string relaxed) =>
        Assert.Equal(Digest(relaxed), Hash(Encoding.ASCII.GetBytes(body), 1));

    [Fact]
    public void Random_bodies_in_random_pieces_agree_with_the_definition()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] pieces = ["a", "bc", " ", "\t", "\r\n", "\r\n", "x y"];
        for (var round = 0; round < 500; round++)
        {
            var body = string.Concat(Enumerable.Range(0, random.Next(30)).Select(_ => pieces[random.Next(pieces.Length)]));
            var lines = body.Split("\r\n").Select(line => Blank().Replace(line, " ").TrimEnd(' ')).ToList();
            while (lines is [.., ""])
            {
                lines.RemoveAt(lines.Count - 1);
            }

            var relaxed = string.Concat(lines.Select(line => $"{line}\r\n"));
            Assert.Equal(Digest(relaxed), Hash(Encoding.ASCII.GetBytes(body), random.Next(1, 9)));
        }
    }

    private static string Digest(string text) => Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private static string Hash(byte[] body, int piece)
    {
        using var hash = new RelaxedBodyHash();
        foreach (var part in body.Chunk(piece))
        {
            hash.Append(part);
        }

        return hash.Finish();
    }

    [GeneratedRegex("[ \t]+")]
    private static partial Regex Blank();
}
