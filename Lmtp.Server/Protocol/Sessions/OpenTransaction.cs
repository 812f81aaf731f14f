using Lmtp.Server.Delivery;
using Lmtp.Server.Protocol.Receiving;

namespace Lmtp.Server.Protocol.Sessions;

/// <summary>What a session holds from MAIL until the answers, RSET or LHLO. A session between messages holds none.</summary>
/// <param name="envelope">What MAIL said.</param>
/// <param name="isBinary">Whether MAIL carried BODY=BINARYMIME.</param>
/// <param name="started">When MAIL was accepted.</param>
internal sealed class OpenTransaction(MailTransaction envelope, bool isBinary, DateTimeOffset started) : IAsyncDisposable
{
    public MailTransaction Envelope => envelope;

    public bool IsBinary => isBinary;

    public DateTimeOffset Started => started;

    /// <summary>The accepted recipients in RCPT order.</summary>
    public List<ResolvedRecipient> Recipients { get; } = [];

    /// <summary>What BDAT has brought so far, or null.</summary>
    public MessageReceiver? Chunks { get; set; }

    /// <summary>Gives up what BDAT has brought.</summary>
    public ValueTask DisposeAsync() => Chunks?.DisposeAsync() ?? ValueTask.CompletedTask;
}
