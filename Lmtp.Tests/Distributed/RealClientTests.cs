using System.Text;
using Lmtp.Contracts;
using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Distributed;

/// <summary>Programs that people point at an LMTP server, run against ours.</summary>
public sealed class RealClientTests(RealClientTests.Fixture fixture) : IClassFixture<RealClientTests.Fixture>
{
    private static CancellationToken CancellationToken => TestContext.Current.CancellationToken;

    private MailSystem System => fixture.System;

    [Fact]
    public async Task Postfix_smtp_source_delivers_100_messages_to_3_recipients_in_5_sessions()
    {
        var program = RequireProgram("smtp-source", "Debian package postfix");
        var users = new List<UserResponse>();

        // smtp-source counts its recipients down and leaves the number out for the last one.
        foreach (var name in (string[])["3source", "2source", "source"])
        {
            users.Add(await CreateUserAsync(name));
        }

        var result = await ChildProcess.RunAsync(
            program,
            ["-L", "-s", "5", "-m", "100", "-r", "3", "-l", "2000", "-f", "sender@example.net", "-t", "source@example.com", $"inet:127.0.0.1:{System.Lmtp.Port}"],
            CancellationToken);

        Assert.True(result.ExitCode == 0, result.Output);
        foreach (var user in users)
        {
            Assert.Equal(100, (await InboxAsync(user)).Total);
        }
    }

    [Fact]
    public async Task Python_smtplib_delivers_a_message()
    {
        var program = RequireProgram("python3", "Debian package python3");
        var user = await CreateUserAsync("python");
        var script = $"""
            import smtplib
            with smtplib.LMTP('127.0.0.1', {System.Lmtp.Port}) as lmtp:
                refused = lmtp.sendmail('sender@example.net', ['python@example.com'], b'Subject: from python\r\n\r\n.dot\r\n')
                assert refused == {"{}"}, refused
            """;

        var result = await ChildProcess.RunAsync(program, ["-c", script], CancellationToken);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Equal("Subject: from python\r\n\r\n.dot\r\n", Encoding.ASCII.GetString(await OnlyMessageAsync(user)));
    }

    [Fact]
    public async Task Python_smtplib_learns_that_a_recipient_is_unknown()
    {
        var program = RequireProgram("python3", "Debian package python3");
        var script = $"""
            import smtplib
            with smtplib.LMTP('127.0.0.1', {System.Lmtp.Port}) as lmtp:
                try:
                    lmtp.sendmail('sender@example.net', ['nobody@example.com'], b'Subject: x\r\n\r\n')
                except smtplib.SMTPRecipientsRefused as refused:
                    print('refused', refused.recipients['nobody@example.com'][0])
            """;

        var result = await ChildProcess.RunAsync(program, ["-c", script], CancellationToken);

        Assert.Contains("refused 550", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Swaks_delivers_a_message()
    {
        var program = RequireProgram("swaks", "Debian package swaks");
        var user = await CreateUserAsync("swaks");

        var result = await ChildProcess.RunAsync(
            program,
            ["--protocol", "LMTP", "--server", "127.0.0.1", "--port", $"{System.Lmtp.Port}", "--from", "sender@example.net", "--to", "swaks@example.com", "--header", "Subject: from swaks"],
            CancellationToken);

        Assert.True(result.ExitCode == 0, result.Output);
        Assert.Contains("Subject: from swaks\r\n", Encoding.ASCII.GetString(await OnlyMessageAsync(user)), StringComparison.Ordinal);
    }

    private static string RequireProgram(string name, string package)
    {
        var directories = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Append("/usr/sbin");
        var program = directories.Select(directory => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(program is null, $"{name} is not installed ({package}).");
        return program!;
    }

    private Task<UserResponse> CreateUserAsync(string name) => fixture.Api.CreateUserAsync(
        new CreateUserRequest { Username = name, Password = "correct horse battery", Address = $"{name}@example.com" },
        CancellationToken);

    private async Task<MailboxResponse> InboxAsync(UserResponse user) =>
        (await fixture.Api.ListMailboxesAsync(user.Id, CancellationToken)).Single(mailbox => mailbox.Path == "INBOX");

    private async Task<byte[]> OnlyMessageAsync(UserResponse user)
    {
        var inbox = await InboxAsync(user);
        var page = await fixture.Api.ListMessagesAsync(user.Id, inbox.Id, cancellationToken: CancellationToken);
        return await fixture.Api.GetRawMessageAsync(user.Id, Assert.Single(page.Items).Id, CancellationToken);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        private HttpClient? _http;

        internal MailSystem System { get; private set; } = null!;

        internal LmtpApiClient Api { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            System = await MailSystem.StartAsync(CancellationToken.None);
            _http = System.CreateHttpClient();
            Api = new LmtpApiClient(_http);
        }

        public async ValueTask DisposeAsync()
        {
            _http?.Dispose();
            await System.DisposeAsync();
        }
    }
}
