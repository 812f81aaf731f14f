using System.Text.Json;
using Lmtp.Server.Storage;

namespace Lmtp.Tests.Unit.Storage;

public sealed class MailAddressNormalizerTests
{
    [Fact]
    public void Reference_vectors_are_met()
    {
        var path = SharedData.RequireFile("corpus/vectors/normalizeAddress.json");
        using var vectors = JsonDocument.Parse(File.ReadAllText(path));
        Assert.All(vectors.RootElement.GetProperty("cases").EnumerateArray(), vector =>
        {
            var input = vector.GetProperty("in").GetString()!;
            Assert.Equal(vector.GetProperty("plain").GetString(), MailAddressNormalizer.Normalize(input));
            Assert.Equal(vector.GetProperty("noLabel").GetString(), MailAddressNormalizer.WithoutTag(input));
            Assert.Equal(vector.GetProperty("lookup").GetString(), MailAddressNormalizer.ForLookup(input));
            Assert.Equal(
                vector.GetProperty("uview").GetString(),
                MailAddressNormalizer.ToView(MailAddressNormalizer.Normalize(input)));
            Assert.Equal(vector.GetProperty("uviewRaw").GetString(), MailAddressNormalizer.ToView(input));
            Assert.Equal(
                vector.GetProperty("domain").GetString(),
                MailAddressNormalizer.NormalizeDomain(input[(input.LastIndexOf('@') + 1)..]));
        });
    }

    [Theory]
    [InlineData("First.Last+News@Example.TEST", "first.last+news@example.test")]
    [InlineData("user@xn--mnchen-3ya.test", "user@münchen.test")]
    public void Address_keeps_dots_and_tag_when_normalised(string given, string expected) =>
        Assert.Equal(expected, MailAddressNormalizer.Normalize(given));

    [Fact]
    public void Lone_surrogates_do_no_harm() =>
        Assert.Equal("\ud800@example.test", MailAddressNormalizer.Normalize("\ud800@example.test"));
}
