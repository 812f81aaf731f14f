using System.Collections;

namespace MimeKit;

/// <summary>The attachments of a message that is being built.</summary>
public class AttachmentCollection : IList<MimeEntity>
{
    private readonly List<MimeEntity> _attachments = [];

    /// <inheritdoc />
    public int Count => _attachments.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    /// <inheritdoc />
    public MimeEntity this[int index]
    {
        get => _attachments[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _attachments[index] = value;
        }
    }

    /// <summary>Adds a file.</summary>
    /// <returns>The part that was made.</returns>
    public MimeEntity Add(string fileName, byte[] data, ContentType contentType)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(contentType);
        MimePart part = contentType.IsMimeType("text", "*") ? new TextPart(contentType.MediaSubtype) : new MimePart(contentType.MediaType, contentType.MediaSubtype);
        foreach (var parameter in contentType.Parameters)
        {
            part.ContentType.Parameters[parameter.Name] = parameter.Value;
        }

        part.FileName = Path.GetFileName(fileName);
        part.Content = new MimeContent(new MemoryStream(data, writable: false));
        part.ContentTransferEncoding = part is TextPart
            ? Encodings.TransferEncodings.Best(data, EncodingConstraint.SevenBit, FormatOptions.MaxLine)
            : ContentEncoding.Base64;
        Add(part);
        return part;
    }

    /// <summary>Adds a file of any bytes.</summary>
    /// <returns>The part that was made.</returns>
    public MimeEntity Add(string fileName, byte[] data) => Add(fileName, data, new ContentType("application", "octet-stream"));

    /// <inheritdoc />
    public void Add(MimeEntity attachment) => Insert(Count, attachment);

    /// <inheritdoc />
    public void Insert(int index, MimeEntity attachment)
    {
        ArgumentNullException.ThrowIfNull(attachment);
        _attachments.Insert(index, attachment);
    }

    /// <inheritdoc />
    public bool Remove(MimeEntity attachment) => _attachments.Remove(attachment);

    /// <inheritdoc />
    public void RemoveAt(int index) => _attachments.RemoveAt(index);

    /// <inheritdoc />
    public void Clear() => _attachments.Clear();

    /// <inheritdoc />
    public bool Contains(MimeEntity attachment) => _attachments.Contains(attachment);

    /// <inheritdoc />
    public int IndexOf(MimeEntity attachment) => _attachments.IndexOf(attachment);

    /// <inheritdoc />
    public void CopyTo(MimeEntity[] array, int arrayIndex) => _attachments.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<MimeEntity> GetEnumerator() => _attachments.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
