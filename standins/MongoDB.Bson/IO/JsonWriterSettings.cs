namespace MongoDB.Bson.IO;

/// <summary>How JSON is written.</summary>
public class JsonWriterSettings : BsonWriterSettings
{
    /// <summary>The defaults.</summary>
    public static JsonWriterSettings Defaults { get; set; } = new();

    /// <summary>Whether each element has its own line.</summary>
    public bool Indent { get; set; }

    /// <summary>One level of indentation.</summary>
    public string IndentChars { get; set; } = "  ";

    /// <summary>The end of a line.</summary>
    public string NewLineChars { get; set; } = "\r\n";

    /// <summary>The dialect.</summary>
    public JsonOutputMode OutputMode { get; set; } = JsonOutputMode.RelaxedExtendedJson;

    /// <summary>A copy.</summary>
    public new JsonWriterSettings Clone() => (JsonWriterSettings)CloneImplementation();

    /// <inheritdoc />
    protected override BsonWriterSettings CloneImplementation() => (JsonWriterSettings)MemberwiseClone();
}
