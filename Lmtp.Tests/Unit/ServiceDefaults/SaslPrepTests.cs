using Lmtp.EmbeddedMongo.Commands.Authentication;
using Lmtp.ServiceDefaults.Authentication;

namespace Lmtp.Tests.Unit.ServiceDefaults;

public sealed class SaslPrepTests
{
    // RFC 4013, section 3.
    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    public void Example_of_the_specification_is_prepared(string text, string expected) =>
        Assert.Equal(expected, SaslPrep.Prepare(text));

    [Theory]
    [InlineData("\u0007")]
    [InlineData("\u0627\u0031")]
    public void Example_of_the_specification_is_refused(string text) =>
        Assert.Throws<FormatException>(() => SaslPrep.Prepare(text));

    [Theory]
    [InlineData("a\u00A0b\u3000c\u200Bd", "a b c d")]
    [InlineData("\uFEFFa\u200Db\uFE0F\u1806", "ab")]
    [InlineData("pa\u0301ss", "p\u00E1ss")]
    [InlineData("\uFF50\uFF41\uFF53\uFF53", "pass")]
    [InlineData("\u0627\u0628", "\u0627\u0628")]
    [InlineData("\u06271\u0628", "\u06271\u0628")]
    [InlineData("\u05D0-\u05D1", "\u05D0-\u05D1")]
    [InlineData("", "")]
    [InlineData("with space ~", "with space ~")]
    [InlineData("\U0001D400", "A")]
    public void Text_is_mapped_and_normalized(string text, string expected) => Assert.Equal(expected, SaslPrep.Prepare(text));

    [Theory]
    [InlineData("a\u007F")]
    [InlineData("a\u0080")]
    [InlineData("a\u06DD")]
    [InlineData("a\u2028")]
    [InlineData("a\u2063")]
    [InlineData("a\uFFF9")]
    [InlineData("a\uFFFD")]
    [InlineData("a\uE000")]
    [InlineData("a\u2FF0")]
    [InlineData("a\u202E")]
    [InlineData("a\uFFFE")]
    [InlineData("a\u0378")]
    [InlineData("a\U000E0001")]
    [InlineData("a\U000E0041")]
    [InlineData("a\U0001D173")]
    [InlineData("a\U000F0000")]
    [InlineData("\u0627a\u0628")]
    [InlineData("1\u0627")]
    [InlineData("\u05D0 abc")]
    public void Text_that_is_not_allowed_is_refused(string text) =>
        Assert.Throws<FormatException>(() => SaslPrep.Prepare(text));

    [Fact]
    public void Lone_surrogate_is_refused() => Assert.Throws<FormatException>(() => SaslPrep.Prepare("a" + (char)0xD800));

    [Theory]
    [InlineData("pa\u0301ss", true, "p\u00E1ss")]
    [InlineData("", false, null)]
    [InlineData("\u00AD\u200D", false, null)]
    [InlineData("a\u0007", false, null)]
    [InlineData("a\u0378", false, null)]
    public void Text_that_somebody_sent_is_prepared_or_refused(string text, bool allowed, string? expected) =>
        Assert.Equal((allowed, expected), (SaslPrep.TryPrepare(text, out var prepared), prepared));

    [Fact]
    public void Passwords_that_are_typed_in_different_ways_give_the_same_keys()
    {
        byte[] salt = [1, 2, 3, 4];
        var composed = ScramCredential.Create("user", "p\u00E1ss\u00AD\u00A0word", salt, 4096);
        var decomposed = ScramCredential.Create("user", "pa\u0301ss word", salt, 4096);
        Assert.Equal(composed.StoredKey, decomposed.StoredKey);
        Assert.NotEqual(composed.StoredKey, ScramCredential.Create("user", "pass word", salt, 4096).StoredKey);
    }
}
