using System.Text;

namespace MongoDB.Bson.IO;

/// <summary>How binary BSON is read.</summary>
public class BsonBinaryReaderSettings
{
    /// <summary>The defaults.</summary>
    public static BsonBinaryReaderSettings Defaults { get; set; } = new();

    /// <summary>The encoding of strings.</summary>
    public UTF8Encoding Encoding { get; set; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The largest document in bytes.</summary>
    public int MaxDocumentSize { get; set; } = BsonDefaults.MaxDocumentSize;

    /// <summary>A copy.</summary>
    public BsonBinaryReaderSettings Clone() => (BsonBinaryReaderSettings)MemberwiseClone();
}
