namespace Lmtp.EmbeddedMongo.Index;

/// <summary>How a field of an index is kept.</summary>
internal enum IndexFieldKind
{
    /// <summary>In ascending order.</summary>
    Ascending,

    /// <summary>In descending order.</summary>
    Descending,

    /// <summary>For equality only (<c>"hashed"</c>).</summary>
    Hashed,

    /// <summary>By the words of its strings (<c>"text"</c>).</summary>
    Text,
}
