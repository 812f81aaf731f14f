namespace Lmtp.EmbeddedMongo.Engine.Log;

/// <summary>What an operation in the log does. The numbers are part of the format on disk.</summary>
internal enum LogOperation : byte
{
    /// <summary>A document is inserted, replaced, or moved by compaction.</summary>
    Put = 1,

    /// <summary>A document is deleted.</summary>
    Delete = 2,

    /// <summary>The catalog as it is from here on, whole.</summary>
    Catalog = 3,

    /// <summary>A segment is no longer needed; its number stands in the record id.</summary>
    Retire = 4,

    /// <summary>The numbers of the segments that exist, at the beginning of each.</summary>
    Segments = 5,
}
