using System.Net;
using Lmtp.Server.Protocol.Replying;

namespace Lmtp.Server.Protocol.Listeners;

/// <summary>The connection feature that <see cref="Admission"/> leaves for the session.</summary>
/// <param name="Listener">Where the client connected.</param>
/// <param name="Client">The client's address, after PROXY; null on a Unix socket.</param>
/// <param name="Peer">The other end of the socket; null on a Unix socket.</param>
/// <param name="Refusal">What to tell a client that is not let in; null for one that is.</param>
internal sealed record Admitted(LmtpListener Listener, IPAddress? Client, IPAddress? Peer, Reply? Refusal);
