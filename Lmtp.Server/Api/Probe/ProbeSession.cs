namespace Lmtp.Server.Api.Probe;

/// <summary>The beginning and the end that every dialogue with an LMTP server has.</summary>
internal sealed class ProbeSession(ProbeConnection connection, ProbeTls tls)
{
    public string? Greeting { get; private set; }

    public IReadOnlyList<string> Capabilities { get; private set; } = [];

    /// <summary>Connects, waits for the greeting, says LHLO, encrypts if asked to.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await connection.ConnectAsync(cancellationToken);
        if (tls == ProbeTls.Implicit)
        {
            await connection.EncryptAsync(cancellationToken);
        }

        // Nothing is sent before a greeting came: what does not greet is not an LMTP server.
        var greeting = await connection.ReadReplyAsync("greeting", cancellationToken);
        Greeting = greeting.ToString();
        Expect(greeting, "The server does not want to talk");
        await SayHelloAsync(cancellationToken);
        if (tls == ProbeTls.StartTls)
        {
            Expect(await connection.CommandAsync("STARTTLS", cancellationToken), "STARTTLS was refused");
            await connection.EncryptAsync(cancellationToken);
            await SayHelloAsync(cancellationToken);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => connection.CommandAsync("QUIT", cancellationToken);

    public bool Offers(string capability) => Capabilities.Any(offered =>
        offered.Split(' ', 2)[0].Equals(capability, StringComparison.OrdinalIgnoreCase));

    private static void Expect(ProbeReply reply, string otherwise)
    {
        if (!reply.IsPositive)
        {
            throw new ProbeException($"{otherwise}: {reply}");
        }
    }

    private async Task SayHelloAsync(CancellationToken cancellationToken)
    {
        var reply = await connection.CommandAsync("LHLO probe.invalid", cancellationToken);
        Expect(reply, reply.Code == 500 ? "LHLO is unknown there, which looks like SMTP" : "LHLO was refused");
        Capabilities = [.. reply.Lines.Skip(1)];
    }
}
