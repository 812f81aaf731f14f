namespace Lmtp.Server.Filters;

/// <summary>The kinds of conditions that a filter can have.</summary>
public enum FilterCondition
{
    /// <summary>A text in a header.</summary>
    Header,

    /// <summary>An attachment.</summary>
    Attachment,

    /// <summary>The size.</summary>
    Size,

    /// <summary>Words in the text.</summary>
    Text,
}
