namespace Lmtp.Server.Filters;

/// <summary>A rule for a sender domain that applies to the users with a tag.</summary>
/// <param name="Id">The id of the rule, 24 hexadecimal digits.</param>
/// <param name="Tag">The tag.</param>
/// <param name="Domain">The sender domain.</param>
/// <param name="IsBlocked">Whether mail from it is spam (true) or never spam (false).</param>
public sealed record DomainAccessRule(string Id, string Tag, string Domain, bool IsBlocked)
{
    /// <summary>How the rule appears among the filters of a stored message.</summary>
    public string Label => $"{(IsBlocked ? "block" : "allow")}:{Tag}:{Id}";
}
