using System.Text;
using Lmtp.Contracts;
using Lmtp.Server.Api.Messages;

namespace Lmtp.Tests.Unit.Api;

public sealed class MessageHeaderViewTests
{
    [Fact]
    public void Fields_are_decoded_and_keep_their_order()
    {
        var view = Read("Received: by mx;\r\n\tMon\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\nContent-Type: text/plain\r\nX-Last: caf\xe9\r\n\r\n");

        Assert.Equal(
            [new("Received", "by mx;\tMon"), new("Subject", "Grüße"), new("Content-Type", "text/plain"), new MessageHeaderResponse("X-Last", "café")],
            view.Fields);
    }

    [Fact]
    public void Copies_answers_and_thread_are_read()
    {
        var view = Read("Cc: =?utf-8?b?w6k=?= <e@f>, g@h\r\nReply-To: list@example.org\r\nIn-Reply-To: <a@b>\r\nReferences: <x@y> <a@b>\r\n\r\n");

        Assert.Equal([new("é", "e@f"), new MessageAddressResponse(string.Empty, "g@h")], view.Cc);
        Assert.Equal([new MessageAddressResponse(string.Empty, "list@example.org")], view.ReplyTo);
        Assert.Equal("a@b", view.InReplyTo);
        Assert.Equal(["x@y", "a@b"], view.References);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n")]
    [InlineData("no field\r\n\r\n")]
    public void What_is_no_header_gives_an_empty_view(string header)
    {
        var view = Read(header);

        Assert.Empty(view.Fields);
        Assert.Empty(view.Cc);
        Assert.Null(view.InReplyTo);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void What_is_beyond_the_limit_is_not_shown(int excess, bool isShown)
    {
        const string Last = "X-Last: y\r\n";
        var header = "X-Long: " + new string('x', MessageHeaderView.MaxBytes - 10 - Last.Length + excess) + "\r\n" + Last;

        Assert.Equal(isShown, Read(header + "\r\n").Fields is [_, { Value: "y" }] && header.Length <= MessageHeaderView.MaxBytes);
    }

    private static MessageHeaderView Read(string header) => MessageHeaderView.Read(Encoding.Latin1.GetBytes(header));
}
