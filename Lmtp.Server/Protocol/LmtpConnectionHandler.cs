using Lmtp.Server.Protocol.Listeners;
using Lmtp.Server.Protocol.Sessions;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;

namespace Lmtp.Server.Protocol;

/// <summary>Runs a session over each connection that Kestrel accepts on an LMTP listener.</summary>
internal sealed class LmtpConnectionHandler(SessionServices services, ConnectionGate gate) : ConnectionHandler
{
    /// <inheritdoc/>
    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        var listener = connection.Features.Get<LmtpListener>()
            ?? throw new InvalidOperationException("The listener was not wired by ListenerSetup.");
        var profile = ConnectionProfiles.Of(connection, listener);
        using var pass = gate.Enter(listener, profile);
        if (pass.Refusal is { } refusal)
        {
            await RefusedConnection.AnswerAsync(connection.Transport, refusal, services.Time);
            return;
        }

        using var session = new LmtpSession(connection.Transport, profile, services);
        var stop = connection.Features.Get<IConnectionLifetimeNotificationFeature>()?.ConnectionClosedRequested ?? default;
        await using (stop.Register(session.RequestStop))
        {
            await session.RunAsync();
        }

        if (session.WasRefused)
        {
            await RefusedConnection.LingerAsync(connection.Transport.Input, services.Time);
        }
    }
}
