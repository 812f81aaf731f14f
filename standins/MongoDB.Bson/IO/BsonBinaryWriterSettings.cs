using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>How binary BSON is written.</summary>
public class BsonBinaryWriterSettings : BsonWriterSettings
{
    /// <summary>The defaults.</summary>
    public static BsonBinaryWriterSettings Defaults { get; set; } = new();

    /// <summary>The encoding of strings.</summary>
    public UTF8Encoding Encoding { get; set; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The largest document in bytes.</summary>
    public int MaxDocumentSize { get; set; } = BsonDefaults.MaxDocumentSize;

    /// <summary>A copy.</summary>
    public new BsonBinaryWriterSettings Clone() => (BsonBinaryWriterSettings)CloneImplementation();

    /// <inheritdoc />
    protected override BsonWriterSettings CloneImplementation() => (BsonBinaryWriterSettings)MemberwiseClone();
}
