using System.Buffers.Text;
using System.Collections;
using System.Security.Cryptography;
using System.Text;
using MimeKit.Parsing;

namespace MimeKit;

/// <summary>A part that holds other parts.</summary>
public class Multipart : MimeEntity, IList<MimeEntity>
{
    private const int BoundaryBytes = 16;

    private readonly List<MimeEntity> _children = [];

    /// <summary>Makes a multipart of that subtype.</summary>
    public Multipart(string subtype)
        : base("multipart", subtype)
    {
        Boundary = "=-" + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(BoundaryBytes));
    }

    /// <summary>Makes a multipart of different things.</summary>
    public Multipart()
        : this("mixed")
    {
    }

    internal Multipart(ContentType contentType, HeaderList headers)
        : base(contentType, headers)
    {
    }

    /// <summary>What stands between the parts.</summary>
    public string? Boundary
    {
        get => ContentType.Boundary;
        set => ContentType.Boundary = value;
    }

    /// <summary>What stands before the first part.</summary>
    public string? Preamble { get; set; }

    /// <summary>What stands behind the last part.</summary>
    public string? Epilogue { get; set; }

    /// <inheritdoc />
    public int Count => _children.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    /// <inheritdoc />
    public MimeEntity this[int index]
    {
        get => _children[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _children[index] = value;
        }
    }

    /// <inheritdoc />
    public void Add(MimeEntity entity) => Insert(Count, entity);

    /// <inheritdoc />
    public void Insert(int index, MimeEntity entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        _children.Insert(index, entity);
    }

    /// <inheritdoc />
    public bool Remove(MimeEntity entity) => _children.Remove(entity);

    /// <inheritdoc />
    public void RemoveAt(int index) => _children.RemoveAt(index);

    /// <inheritdoc />
    public void Clear() => _children.Clear();

    /// <inheritdoc />
    public bool Contains(MimeEntity entity) => _children.Contains(entity);

    /// <inheritdoc />
    public int IndexOf(MimeEntity entity) => _children.IndexOf(entity);

    /// <inheritdoc />
    public void CopyTo(MimeEntity[] array, int arrayIndex) => _children.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<MimeEntity> GetEnumerator() => _children.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override void Prepare(EncodingConstraint constraint, int maxLineLength = 78) =>
        _children.ForEach(child => child.Prepare(constraint, maxLineLength));

    /// <summary>Whether the closing boundary was there; one that was made always has it.</summary>
    internal bool IsClosed { get; set; } = true;

    /// <summary>The first text of that subtype that a reader would take for the message's.</summary>
    internal virtual TextPart? FindText(string subtype)
    {
        foreach (var child in _children)
        {
            if (child is Multipart multipart)
            {
                return multipart.FindText(subtype);
            }

            if (child is TextPart { IsAttachment: false } text)
            {
                return text.ContentType.IsMimeType("text", subtype) ? text : null;
            }
        }

        return null;
    }

    internal override void WriteContent(MimeWriter writer)
    {
        if (!string.IsNullOrEmpty(Preamble))
        {
            writer.WriteText(Encoding.UTF8.GetBytes(Preamble));
            writer.EndLine();
        }

        var boundary = Encoding.ASCII.GetBytes("--" + Boundary);
        foreach (var child in _children)
        {
            writer.WriteBinary(boundary);
            writer.NewLine();
            child.WriteHeaders(writer);
            writer.NewLine();
            child.WriteContent(writer);
            if (child is not Multipart { IsClosed: false })
            {
                writer.NewLine();
            }
        }

        if (IsClosed)
        {
            writer.WriteBinary(boundary);
            writer.WriteBinary("--"u8);
            writer.NewLine();
            writer.WriteText(Encoding.UTF8.GetBytes(Epilogue ?? string.Empty));
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _children.ForEach(static child => child.Dispose());
        }

        base.Dispose(disposing);
    }
}
