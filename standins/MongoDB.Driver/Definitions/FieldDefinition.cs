namespace MongoDB.Driver;

/// <summary>The name of a field.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public abstract class FieldDefinition<TDocument>
{
    private protected FieldDefinition(string fieldName)
    {
        ArgumentNullException.ThrowIfNull(fieldName);
        FieldName = fieldName;
    }

    internal string FieldName { get; }

    /// <summary>A field by its dotted name.</summary>
    public static implicit operator FieldDefinition<TDocument>(string fieldName) => fieldName is null ? null : new StringFieldDefinition<TDocument>(fieldName);
}

/// <summary>The name of a field of a known type.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TField">The type of the field.</typeparam>
public abstract class FieldDefinition<TDocument, TField>
{
    private protected FieldDefinition(string fieldName)
    {
        ArgumentNullException.ThrowIfNull(fieldName);
        FieldName = fieldName;
    }

    internal string FieldName { get; }

    /// <summary>A field by its dotted name.</summary>
    public static implicit operator FieldDefinition<TDocument, TField>(string fieldName) => fieldName is null ? null : new StringFieldDefinition<TDocument, TField>(fieldName);

    /// <summary>The field without its type.</summary>
    public static implicit operator FieldDefinition<TDocument>(FieldDefinition<TDocument, TField> field) => new StringFieldDefinition<TDocument>(field.FieldName);
}

/// <summary>A field by its dotted name.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
public sealed class StringFieldDefinition<TDocument> : FieldDefinition<TDocument>
{
    /// <summary>Creates one.</summary>
    public StringFieldDefinition(string fieldName)
        : base(fieldName)
    {
    }
}

/// <summary>A field by its dotted name.</summary>
/// <typeparam name="TDocument">The type of the documents.</typeparam>
/// <typeparam name="TField">The type of the field.</typeparam>
public sealed class StringFieldDefinition<TDocument, TField> : FieldDefinition<TDocument, TField>
{
    /// <summary>Creates one.</summary>
    public StringFieldDefinition(string fieldName)
        : base(fieldName)
    {
    }
}
