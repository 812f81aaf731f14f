using MimeKit;

namespace Lmtp.Tests.Unit.StandIns.MimeKit;

public sealed class AddressTests
{
    [Theory]
    [InlineData("a@b", null, "a@b")]
    [InlineData("A <a@b>", "A", "a@b")]
    [InlineData("\"x, y\" <a@b>", "x, y", "a@b")]
    [InlineData("\"q q\"@d", null, "\"q q\"@d")]
    [InlineData("a@b (comment)", "comment", "a@b")]
    [InlineData("a@[127.0.0.1]", null, "a@[127.0.0.1]")]
    [InlineData("ü@ö.example", null, "ü@ö.example")]
    [InlineData("=?utf-8?q?J=C3=BCrgen?= <j@m>", "Jürgen", "j@m")]
    public void Mailbox_is_read(string text, string? name, string address)
    {
        Assert.True(MailboxAddress.TryParse(text, out var mailbox));
        Assert.Equal(address, mailbox.Address);
        Assert.Equal(name ?? string.Empty, mailbox.Name ?? string.Empty);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("@")]
    [InlineData("a@")]
    [InlineData("a b c")]
    [InlineData("a@b, c@d")]
    [InlineData("group: a@b;")]
    [InlineData("\"open <a@b>")]
    [InlineData("(open a@b")]
    public void What_is_no_mailbox_is_refused(string? text)
    {
        Assert.False(MailboxAddress.TryParse(text, out _));
    }

    [Theory]
    [InlineData("a b@c")]
    [InlineData("a@b\r\nRCPT TO:<c@d>")]
    [InlineData("a@b>")]
    [InlineData("\"a\r\nb\"@c")]
    public void Address_that_could_break_out_of_its_field_is_refused(string address)
    {
        Assert.Throws<ParseException>(() => new MailboxAddress("x", address));
    }

    [Fact]
    public void List_with_groups_and_comments_is_read_from_the_header()
    {
        var message = MessageText.Load("To: \"A, B\" <a@b>, x@y (X), Group: q@r, s@t;,\n =?utf-8?B?w6k=?= <e@f>, <@relay:z@z>, , broken\n\n");

        Assert.Equal(["a@b", "x@y", "q@r", "s@t", "e@f", "z@z", "broken"], message.To.Mailboxes.Select(mailbox => mailbox.Address));
        Assert.Equal("Group", Assert.Single(message.To.OfType<GroupAddress>()).Name);
        Assert.Equal("é", message.To.Mailboxes.ElementAt(4).Name);
    }

    [Fact]
    public void Changes_of_a_list_are_written_to_its_field()
    {
        var message = MessageText.New();
        var owner = new MailboxAddress("Jürgen Müller", "j@m");
        message.To.Add(owner);
        message.To.Add(new MailboxAddress("A, B", "a@bücher.example"));
        Assert.Equal("Message-Id: <id@example.org>\nTo: =?utf-8?q?J=C3=BCrgen_M=C3=BCller?= <j@m>, \"A, B\"\n <a@xn--bcher-kva.example>\n\n", MessageText.Write(message));

        owner.Name = null;
        Assert.StartsWith("Message-Id: <id@example.org>\nTo: j@m, ", MessageText.Write(message), StringComparison.Ordinal);

        message.To.Clear();
        Assert.False(message.Headers.Contains(HeaderId.To));
    }

    [Fact]
    public void Changes_of_a_field_are_seen_in_its_list()
    {
        var message = MessageText.New();
        message.Cc.Add(new MailboxAddress(null, "a@b"));

        message.Headers[HeaderId.Cc] = "New <c@d>";

        Assert.Equal("c@d", Assert.Single(message.Cc.Mailboxes).Address);
    }

    [Fact]
    public void Name_never_adds_a_recipient()
    {
        var message = MessageText.New();
        message.To.Add(new MailboxAddress("x <evil@example.org>,\r\nBcc: y@example.org, \"", "a@b"));

        var read = MessageText.Load(MessageText.Write(message));

        Assert.Equal("a@b", Assert.Single(read.To.Mailboxes).Address);
        Assert.Empty(read.Bcc);
    }

    [Fact]
    public void Long_list_is_folded_between_addresses()
    {
        var message = MessageText.New();
        message.To.AddRange(Enumerable.Range(0, 50).Select(number => new MailboxAddress($"Recipient {number}", $"r{number}@example.org")));

        var text = MessageText.Write(message);

        Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 78));
        Assert.Equal(50, MessageText.Load(text).To.Count);
    }
}
