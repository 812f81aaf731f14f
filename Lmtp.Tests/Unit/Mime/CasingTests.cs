using Lmtp.Server.Mime;

namespace Lmtp.Tests.Unit.Mime;

public sealed class CasingTests
{
    [Theory]
    [InlineData("Stra\u00dfe", "STRASSE")]
    [InlineData("\ufb01n", "FIN")]
    [InlineData("\u0131\u017f", "IS")]
    [InlineData("\u1f80", "\u1f08\u0399")]
    [InlineData("utf-8", "UTF-8")]
    [InlineData("\u00e9\U00010428", "\u00c9\U00010400")]
    public void Upper_case_is_that_of_ECMAScript(string text, string upper) => Assert.Equal(upper, Casing.ToUpper(text));

    [Theory]
    [InlineData("\u0130stanbul", "i\u0307stanbul")]
    [InlineData("\u039f\u03a3", "\u03bf\u03c2")]
    [InlineData("\u039f\u03a3\u0391", "\u03bf\u03c3\u03b1")]
    [InlineData("\u03a3", "\u03c3")]
    [InlineData("\u039f\u03a3. \u0391", "\u03bf\u03c2. \u03b1")]
    [InlineData("\u039f\u03a3.\u0391", "\u03bf\u03c3.\u03b1")]
    [InlineData("TEXT/PLAIN", "text/plain")]
    public void Lower_case_is_that_of_ECMAScript(string text, string lower) => Assert.Equal(lower, Casing.ToLower(text));
}
