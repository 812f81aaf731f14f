using Lmtp.Server.Api.Messages;
using Lmtp.Server.Storage;

namespace Lmtp.Tests.Unit.Api;

public sealed class PartFileNameTests
{
    [Theory]
    [InlineData("report.pdf", "report.pdf")]
    [InlineData("Größe 日本.txt", "Größe 日本.txt")]
    [InlineData("../../etc/passwd", "_.._etc_passwd")]
    [InlineData("C:\\x\\y.exe", "C__x_y.exe")]
    [InlineData("invoice\u202Efdp.exe", "invoice_fdp.exe")]
    [InlineData("a\r\nb\0c", "a__b_c")]
    [InlineData(".bashrc", "bashrc")]
    [InlineData("name. . ", "name")]
    [InlineData("", "ATT00001")]
    [InlineData("...", "ATT00001")]
    [InlineData("a\"b", "a_b")]
    public void Name_has_one_level_and_nothing_hidden(string given, string expected) => Assert.Equal(expected, Of(given));

    [Fact]
    public void Long_name_keeps_its_extension()
    {
        Assert.Equal(new string('x', 146) + ".pdf", Of(new string('x', 146) + ".pdf"));
        Assert.Equal(new string('x', 146) + ".pdf", Of(new string('x', 147) + ".pdf"));
        Assert.Equal(150, Of("x." + new string('y', 300)).Length);
    }

    private static string Of(string name) => PartFileName.Of(new StoredAttachment("ATT00001", name, "application/pdf", 1, IsRelated: false));
}
