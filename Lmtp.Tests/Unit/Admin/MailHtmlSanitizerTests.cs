using Lmtp.Admin.Mail;

namespace Lmtp.Tests.Unit.Admin;

public sealed class MailHtmlSanitizerTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg><script>alert(1)</script></svg>")]
    [InlineData("<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></mglyph></table></mtext></math>")]
    [InlineData("<a href='java\tscript:alert(1)'>x</a>")]
    [InlineData("<a href=' javascript:alert(1)'>x</a>")]
    [InlineData("<a href='data:text/html,alert(1)'>x</a>")]
    [InlineData("<iframe srcdoc='alert(1)'></iframe>")]
    [InlineData("<meta http-equiv=refresh content='0;url=javascript:alert(1)'>")]
    [InlineData("<form action='javascript:alert(1)'><button>alert(1)</button></form>")]
    [InlineData("<base href='javascript:alert(1)//'>")]
    [InlineData("x<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>")]
    [InlineData("<style>*{background:url(javascript:alert(1))}</style>")]
    public void Nothing_that_runs_is_left(string html)
    {
        var clean = MailHtmlSanitizer.Sanitize(html);

        Assert.DoesNotContain("alert", clean, StringComparison.Ordinal);
        Assert.DoesNotContain("script", clean, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("<img src='http://evil.test/pixel.gif'>")]
    [InlineData("<img srcset='http://evil.test/pixel.gif 2x'>")]
    [InlineData("<table background='http://evil.test/x'><tr><td>x</td></tr></table>")]
    [InlineData("<p style='background:url(http://evil.test/x)'>x</p>")]
    [InlineData("<p style='background-color:red;width:image-set(url(http://evil.test/x))'>x</p>")]
    [InlineData("<p style='font-family:x;color:\\75rl(http://evil.test/x)'>x</p>")]
    [InlineData("<link rel=stylesheet href='http://evil.test/x'>")]
    [InlineData("<video poster='http://evil.test/x'><source src='http://evil.test/x'></video>")]
    [InlineData("<style>@import 'http://evil.test/x'</style>")]
    public void Nothing_that_calls_out_is_left(string html) =>
        Assert.DoesNotContain("evil.test", MailHtmlSanitizer.Sanitize(html), StringComparison.Ordinal);

    [Fact]
    public void Harmless_formatting_stays()
    {
        const string Html = "<h1 style=\"color: red\">Hi</h1><table width=\"90%\"><tbody><tr><td align=\"center\"><b>x</b></td></tr></tbody></table>";

        Assert.Equal(Html, MailHtmlSanitizer.Sanitize(Html));
    }

    [Fact]
    public void Link_opens_apart_and_tells_nothing_of_where_it_stood() =>
        Assert.Equal(
            "<a href=\"https://example.org/\" target=\"_blank\" rel=\"noopener noreferrer nofollow\">x</a>",
            MailHtmlSanitizer.Sanitize("<a href=https://example.org/ onclick=x()>x</a>"));

    [Fact]
    public void Inside_of_an_unknown_element_stays() =>
        Assert.Equal("a <b>b</b> c", MailHtmlSanitizer.Sanitize("<o:p>a <b>b</b></o:p> c"));

    [Fact]
    public void Deep_nesting_ends_without_harm() =>
        Assert.Contains("<div>", MailHtmlSanitizer.Sanitize(string.Concat(Enumerable.Repeat("<div>", 5000))), StringComparison.Ordinal);
}
