using System.Globalization;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.Protocol;

/// <summary>A running Postfix delivers to us by its LMTP client.</summary>
public sealed class PostfixTests : IDisposable
{
    private const string Content = "Subject: hello\r\n\r\n..a dot\r\nbody\r\n";

    private readonly TestCertificates _certificates = new();

    // The user "postfix" must be able to enter, and its processes end a while after it was told to stop.
    private readonly TemporaryDirectory _folder = TemporaryDirectory.ForEverybody();

    public void Dispose()
    {
        _certificates.Dispose();
        _folder.Dispose();
    }

    /// <summary>
    /// Postfix's LMTP client has no BDAT: it must work whether or not it sees CHUNKING. That a client uses it is shown by
    /// <see cref="EximTests"/>.
    /// </summary>
    [Theory]
    [InlineData(TestTransport.Tcp, true)]
    [InlineData(TestTransport.Tcp, false)]
    [InlineData(TestTransport.UnixSocket, true)]
    [InlineData(TestTransport.UnixSocket, false)]
    [InlineData(TestTransport.Tls, true)]
    [InlineData(TestTransport.Tls, false)]
    public async Task Postfix_delivers_to_several_recipients_at_once(TestTransport transport, bool chunking)
    {
        PostfixInstance.Require();
        var socketPath = _folder.File("lmtp.sock");
        await using var host = await LmtpHost.StartAsync(new()
        {
            ["Lmtp:Listeners:0:Tls:Mode"] = "StartTls",
            ["Lmtp:Listeners:0:Tls:CertificatePath"] = _certificates.ServerPath,
            ["Lmtp:Listeners:0:Tls:KeyPath"] = _certificates.ServerKeyPath,
            ["Lmtp:Listeners:0:XclientNetworks:0"] = "127.0.0.1",
            ["Lmtp:Listeners:1:UnixSocket:Path"] = socketPath,
            ["Lmtp:Listeners:1:UnixSocket:Mode"] = "0666",
        });
        await using var postfix = await PostfixInstance.StartAsync(
            _folder,
            transport == TestTransport.UnixSocket
                ? $"unix:{socketPath}"
                : string.Create(CultureInfo.InvariantCulture, $"inet:127.0.0.1:{host.Port}"),
            [
                .. transport == TestTransport.Tls ? new[] { "lmtp_tls_security_level = encrypt", "lmtp_send_xforward_command = yes" } : [],
                .. chunking ? Array.Empty<string>() : ["lmtp_discard_lhlo_keywords = chunking, binarymime, pipelining, 8bitmime, smtputf8"],
            ]);

        await postfix.SubmitAsync(["one@b.test", "two@b.test", "three@b.test"], Content);

        await WaitForAsync(() => host.Agent.Messages.Count == 3, postfix);
        Assert.Equal(["one@b.test", "three@b.test", "two@b.test"], host.Agent.Messages.Select(message => message.Recipient.Address).Order());
        Assert.All(host.Agent.Messages, message => Assert.EndsWith("\r\n\r\n.a dot\r\nbody\r\n", message.Text, StringComparison.Ordinal));
        await WaitForAsync(() => postfix.Log().Contains("status=sent (250 2.1.5 Message stored as", StringComparison.Ordinal), postfix);
        if (transport == TestTransport.Tls)
        {
            Assert.All(host.Agent.Messages, message => Assert.NotNull(message.Transaction.Session.TlsCipher));
            Assert.All(host.Agent.Messages, message => Assert.NotNull(message.Transaction.Session.QueueId));
        }
    }

    [Fact]
    public async Task Refusals_reach_the_log_of_postfix_word_for_word()
    {
        PostfixInstance.Require();
        await using var host = await LmtpHost.StartAsync();
        await using var postfix = await PostfixInstance.StartAsync(
            _folder, string.Create(CultureInfo.InvariantCulture, $"inet:127.0.0.1:{host.Port}"), []);

        await postfix.SubmitAsync(["rcpt-unknownrecipient@b.test", "data-mailboxfulltemporary@b.test", "good@b.test"], Content);

        await WaitForAsync(
            () => postfix.Log() is var log
                && log.Contains("status=bounced (host 127.0.0.1[127.0.0.1] said: 550 5.1.1 No such mailbox here", StringComparison.Ordinal)
                && log.Contains("status=deferred (host 127.0.0.1[127.0.0.1] said: 452 4.2.2 The mailbox is full", StringComparison.Ordinal)
                && log.Contains("status=sent (250 2.1.5 Message stored as", StringComparison.Ordinal),
            postfix);
    }

    private static Task WaitForAsync(Func<bool> condition, PostfixInstance postfix) =>
        Eventually.TrueAsync(condition, state: postfix.Log);
}
