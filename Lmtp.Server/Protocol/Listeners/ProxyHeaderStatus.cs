namespace Lmtp.Server.Protocol.Listeners;

/// <summary>What reading a PROXY header gave.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>A whole header.</summary>
    Complete,

    /// <summary>So far it may become a header.</summary>
    Incomplete,

    /// <summary>Not a header.</summary>
    Invalid,
}
