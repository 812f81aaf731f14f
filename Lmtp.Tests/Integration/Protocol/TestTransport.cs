namespace Lmtp.Tests.Integration.Protocol;

/// <summary>How a test connects.</summary>
public enum TestTransport
{
    Tcp,
    UnixSocket,
    Tls,
}
