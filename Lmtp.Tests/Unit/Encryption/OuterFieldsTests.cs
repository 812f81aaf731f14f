using System.Text;
using Lmtp.Server.Encryption;

namespace Lmtp.Tests.Unit.Encryption;

public sealed class OuterFieldsTests
{
    private const string Version = "MIME-Version: 1.0\r\n";

    [Theory]
    [InlineData("", "")]
    [InlineData("\r\n\r\nSubject: body\r\n", "")]
    [InlineData("Subject: no end", "Subject: no end\r\n")]
    [InlineData("Subject: a\nTo: b\r\n\r\n", "Subject: a\r\nTo: b\r\n")]
    [InlineData("SUBJECT : a\r\n\tb\r\n c\r\nCc: d\r\n e\r\nSubject: f\r\n\r\n", "SUBJECT : a\r\n\tb\r\n c\r\nSubject: f\r\n")]
    [InlineData("From someone\r\nFrom: a\r\n\r\n", "From: a\r\n")]
    [InlineData("mime-version: 2\r\nBIMI-Location: l\r\nAuthentication-Results: r\r\n\r\n", "BIMI-Location: l\r\nAuthentication-Results: r\r\n")]
    [InlineData("Subject: é\r\n\r\n", "Subject: é\r\n")]
    [InlineData(" Subject: folded into nothing\r\n\r\n", "")]
    public async Task Fields_are_kept_byte_by_byte(string message, string kept) =>
        Assert.Equal(Version + kept, await ReadAsync(Encoding.Latin1.GetBytes(message)));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public async Task Fields_are_sought_up_to_a_limit(int beyond, bool isKept)
    {
        const string field = "Subject: a";
        var before = "X: " + new string('y', OuterFields.HeaderLimit - 5 - field.Length + beyond) + "\r\n";

        var read = await ReadAsync(Encoding.Latin1.GetBytes($"{before}{field}\r\nTo: b\r\n\r\n"));

        Assert.Equal(Version + (isKept ? "Subject: a\r\n" : "Subject: \r\n"), read);
    }

    [Fact]
    public async Task End_of_the_header_is_found_across_pieces()
    {
        for (var length = 16_370; length < 16_395; length++)
        {
            var message = $"Subject: a\r\nX: {new string('y', length)}\r\n\r\nTo: b\r\n\r\n";
            Assert.Equal(Version + "Subject: a\r\n", await ReadAsync(Encoding.Latin1.GetBytes(message)));
        }
    }

    private static async Task<string> ReadAsync(byte[] message)
    {
        using var stream = new MemoryStream(message);
        return Encoding.Latin1.GetString(await OuterFields.ReadAsync(stream, TestContext.Current.CancellationToken));
    }
}
