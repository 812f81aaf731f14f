using Lmtp.Tests.Processes;

namespace Lmtp.Tests.Integration.WildDuck;

/// <summary>The ports of WildDuck's servers.</summary>
internal sealed record WildDuckPorts(int Api, int Imap, int Pop3, int Lmtp)
{
    /// <summary>Ports that nobody listened on a moment ago.</summary>
    public static WildDuckPorts Free() => new(FreePort.Next(), FreePort.Next(), FreePort.Next(), FreePort.Next());
}
