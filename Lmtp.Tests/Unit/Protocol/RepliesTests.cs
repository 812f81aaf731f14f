using System.Reflection;
using System.Text.RegularExpressions;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Tests.Unit.Protocol;

public sealed partial class RepliesTests
{
    public static TheoryData<string> FixedReplies =>
        [.. typeof(Replies).GetFields(BindingFlags.Static | BindingFlags.Public).Select(reply => ((Reply)reply.GetValue(null)!).ToString())];

    [Theory]
    [MemberData(nameof(FixedReplies))]
    public void Every_reply_has_an_enhanced_code_of_its_class_and_fits_a_line(string reply)
    {
        if (reply.StartsWith('3'))
        {
            Assert.StartsWith("354 ", reply, StringComparison.Ordinal);
            return;
        }

        var match = CodeAndEnhancedCode().Match(reply);
        Assert.True(match.Success, reply);
        Assert.Equal(match.Groups[1].Value, match.Groups[2].Value);
        Assert.All(reply.Split("\r\n"), line => Assert.InRange(line.Length, 10, 510));
    }

    [Fact]
    public void Control_characters_and_text_beyond_ascii_never_reach_the_wire_unasked() =>
        Assert.Equal("550 a?b??c", Reply.Text("550 a\rb\nüc").ToString());

    [Fact]
    public void Utf8_reaches_a_client_that_takes_it() => Assert.Equal("550 ü", Reply.Text("550 ü", utf8: true).ToString());

    [Theory]
    [InlineData('x')]
    [InlineData('ü')]
    [InlineData('€')]
    public void Long_text_is_cut_to_512_bytes_between_characters(char letter)
    {
        var reply = Reply.Text("550 " + new string(letter, 2000), utf8: true);

        Assert.InRange(reply.Bytes.Length, 508, 512);
        Assert.EndsWith(letter.ToString(), reply.ToString(), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^([245])\d\d[ -]([245])\.\d{1,3}\.\d{1,3} ")]
    private static partial Regex CodeAndEnhancedCode();
}
