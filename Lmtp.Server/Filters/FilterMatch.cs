namespace Lmtp.Server.Filters;

/// <summary>How the conditions of a filter's extension work together.</summary>
public enum FilterMatch
{
    /// <summary>All must hold.</summary>
    All,

    /// <summary>One must hold.</summary>
    Any,
}
