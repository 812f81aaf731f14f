namespace Lmtp.Server.Mime;

/// <summary>The parsing of one message: the outermost, or one that is the body of a node of the level around it.</summary>
/// <param name="top">The top node of the message.</param>
/// <param name="owner">The node whose body is the message; null on the first level.</param>
internal sealed class MessageLevel(OpenNode top, OpenNode? owner)
{
    public OpenNode Top { get; } = top;

    public OpenNode? Owner { get; } = owner;

    /// <summary>The node that takes the next line.</summary>
    public OpenNode Current { get; set; } = top;

    /// <summary>Bodies are only taken from the tree where WildDuck looks: not below a message that is no part.</summary>
    public bool PartsAreWalked { get; } = owner is null || owner.IsWalked;
}
