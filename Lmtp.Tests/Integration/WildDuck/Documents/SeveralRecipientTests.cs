using System.Net;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck.Documents;

/// <summary>One transaction for two users, at our server and at WildDuck's.</summary>
[Collection(WildDuckGroup.Name)]
public sealed class SeveralRecipientTests(WildDuckSystem system)
{
    [Fact]
    public async Task Both_copies_and_the_attachment_counts_are_the_same()
    {
        await system.RequireAsync();
        var (first, second) = (await Twins.CreateAsync(system), await Twins.CreateAsync(system));
        await DeliverAsync(NewMail.Create("for both"), first.Address, second.Address);
        await first.AssertSameAsync(messages: 1);
        await second.AssertSameAsync(messages: 1);
    }

    [Fact]
    public async Task Trace_lines_that_the_message_brought_along_go_as_WildDuck_lets_them_go()
    {
        await system.RequireAsync();
        var (first, second) = (await Twins.CreateAsync(system), await Twins.CreateAsync(system));
        byte[] message = [.. "Delivered-To: old@example.org\r\nReturn-Path: <old@example.org>\r\nX-One: 1\r\n"u8, .. NewMail.Create("traced")];
        await DeliverAsync(message, first.Address, second.Address);
        await first.AssertSameAsync(messages: 1);
        await second.AssertSameAsync(messages: 1);
    }

    [Fact]
    public async Task Tags_and_dots_lead_to_the_same_mailbox()
    {
        await system.RequireAsync();
        var twins = await Twins.CreateAsync(system);
        var (local, domain) = (twins.Address.Split('@')[0], twins.Address.Split('@')[1]);
        await DeliverAsync(NewMail.Create("tagged"), $"{local}+tag@{domain}");
        await DeliverAsync(NewMail.Create("dotted"), $"{local[..2]}.{local[2..]}@{domain.ToUpperInvariant()}");
        await twins.AssertSameAsync(messages: 2);
    }

    private async Task DeliverAsync(byte[] message, params string[] recipients)
    {
        var cancellationToken = TestContext.Current.CancellationToken;
        foreach (var server in (IPEndPoint[])[system.Mail.Lmtp, system.Reference.Lmtp])
        {
            await using var client = await LmtpClient.OpenAsync(server, cancellationToken);
            Assert.All(
                await client.DeliverAsync(NewMail.Sender, recipients, message, cancellationToken),
                reply => Assert.StartsWith("250", reply, StringComparison.Ordinal));
        }
    }
}
