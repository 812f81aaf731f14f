using Lmtp.EmbeddedMongo.Index;

namespace Lmtp.EmbeddedMongo.Engine;

/// <summary>A document on its way in, with what can be made ready before the latch is taken.</summary>
internal sealed class PreparedInsert
{
    private PreparedInsert(ReadOnlyMemory<byte> document, CollectionIndex[] indexes)
    {
        Document = document;
        Keys = new KeyList[indexes.Length];
        try
        {
            for (int i = 0; i < indexes.Length; i++)
            {
                Keys[i] = indexes[i].Extract(document);
            }
        }
        catch (StorageException exception)
        {
            Error = exception;
        }
    }

    /// <summary>The document.</summary>
    public ReadOnlyMemory<byte> Document { get; }

    /// <summary>Its keys, index by index.</summary>
    public KeyList[] Keys { get; }

    /// <summary>Why it cannot be indexed; null where it can.</summary>
    public StorageException? Error { get; }

    /// <summary>The record it becomes.</summary>
    public RecordId Record { get; set; }

    /// <summary>Where it begins in the frame.</summary>
    public int FrameOffset { get; set; }

    /// <summary>Prepares documents.</summary>
    public static PreparedInsert[] All(IReadOnlyList<ReadOnlyMemory<byte>> documents, CollectionIndex[] indexes)
    {
        PreparedInsert[] prepared = new PreparedInsert[documents.Count];
        for (int i = 0; i < prepared.Length; i++)
        {
            prepared[i] = new PreparedInsert(documents[i], indexes);
        }

        return prepared;
    }
}
