namespace MongoDB.Driver;

/// <summary>Mirrors MongoDB.Driver.FieldDefinition&lt;TDocument&gt;: a field by its dotted name.</summary>
public abstract class FieldDefinition<TDocument>
{
    internal abstract string Name { get; }

    public static implicit operator FieldDefinition<TDocument>(string fieldName) => new StringFieldDefinition<TDocument>(fieldName);
}

/// <summary>Mirrors MongoDB.Driver.FieldDefinition&lt;TDocument, TField&gt;.</summary>
public abstract class FieldDefinition<TDocument, TField>
{
    internal abstract string Name { get; }

    public static implicit operator FieldDefinition<TDocument, TField>(string fieldName) =>
        new StringFieldDefinition<TDocument, TField>(fieldName);

    public static implicit operator FieldDefinition<TDocument>(FieldDefinition<TDocument, TField> field) =>
        new StringFieldDefinition<TDocument>(field.Name);
}

/// <summary>Mirrors MongoDB.Driver.StringFieldDefinition&lt;TDocument&gt;.</summary>
public sealed class StringFieldDefinition<TDocument>(string fieldName) : FieldDefinition<TDocument>
{
    internal override string Name { get; } = fieldName;
}

/// <summary>Mirrors MongoDB.Driver.StringFieldDefinition&lt;TDocument, TField&gt;.</summary>
public sealed class StringFieldDefinition<TDocument, TField>(string fieldName) : FieldDefinition<TDocument, TField>
{
    internal override string Name { get; } = fieldName;
}
