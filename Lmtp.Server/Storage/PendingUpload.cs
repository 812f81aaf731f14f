using Lmtp.Server.Storage.MessageDocuments;
using MongoDB.Bson;

namespace Lmtp.Server.Storage;

/// <summary>A file on its way into the database.</summary>
internal sealed class PendingUpload(AttachmentToStore file, AttachmentUpload upload)
{
    public AttachmentToStore File { get; } = file;

    public AttachmentUpload Upload { get; } = upload;

    /// <summary>The ids of its chunks so far.</summary>
    public List<ObjectId> Chunks { get; } = [];

    /// <summary>Whether all of its chunks have been read.</summary>
    public bool IsRead { get; set; }

    /// <summary>Whether somebody else stores or stored the same file.</summary>
    public bool IsContested { get; set; }

    /// <summary>Whether its chunks belong to a file that is there, or may be.</summary>
    public bool IsKept { get; set; }
}
