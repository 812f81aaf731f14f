namespace Lmtp.Server.Filters.Conditions;

/// <summary>How a text is compared. Letter case never matters.</summary>
internal enum TextOperator
{
    /// <summary>There is one at all.</summary>
    Exists,

    /// <summary>It is the same.</summary>
    Equals,

    /// <summary>It occurs in it.</summary>
    Contains,

    /// <summary>The whole of it matches a pattern in which <c>*</c> is any text and <c>?</c> any character.</summary>
    Wildcard,

    /// <summary>A part of it matches a regular expression, in time linear in the length of the text.</summary>
    Regex,
}
