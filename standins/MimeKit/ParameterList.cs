using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace MimeKit;

/// <summary>The parameters of a header field.</summary>
public class ParameterList : IList<Parameter>
{
    private readonly List<Parameter> _parameters = [];

    /// <inheritdoc />
    public int Count => _parameters.Count;

    /// <inheritdoc />
    public bool IsReadOnly => false;

    internal Action? Changed { get; set; }

    /// <inheritdoc />
    public Parameter this[int index]
    {
        get => _parameters[index];
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _parameters[index].Changed = null;
            _parameters[index] = Attach(value);
            Changed?.Invoke();
        }
    }

    /// <summary>The value of a parameter; null when there is none.</summary>
    public string? this[string name]
    {
        get => TryGetValue(name, out string? value) ? value : null;
        set
        {
            if (value is null)
            {
                Remove(name);
            }
            else if (TryGetValue(name, out Parameter? parameter))
            {
                parameter.Value = value;
            }
            else
            {
                Add(name, value);
            }
        }
    }

    /// <summary>Adds a parameter.</summary>
    public void Add(string name, string value) => Add(new Parameter(name, value));

    /// <summary>Adds a parameter.</summary>
    public void Add(Encoding encoding, string name, string value) => Add(new Parameter(encoding, name, value));

    /// <inheritdoc />
    public void Add(Parameter param) => Insert(Count, param);

    /// <summary>Whether there is such a parameter.</summary>
    public bool Contains(string name) => IndexOf(name) >= 0;

    /// <inheritdoc />
    public bool Contains(Parameter param) => _parameters.Contains(param);

    /// <summary>Where a parameter is; -1 when there is none.</summary>
    public int IndexOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _parameters.FindIndex(parameter => parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
    }

    /// <inheritdoc />
    public int IndexOf(Parameter param) => _parameters.IndexOf(param);

    /// <inheritdoc />
    public void Insert(int index, Parameter param)
    {
        ArgumentNullException.ThrowIfNull(param);
        if (Contains(param.Name))
        {
            throw new ArgumentException("A parameter of that name exists already.", nameof(param));
        }

        _parameters.Insert(index, Attach(param));
        Changed?.Invoke();
    }

    /// <summary>Removes a parameter.</summary>
    public bool Remove(string name)
    {
        var index = IndexOf(name);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    /// <inheritdoc />
    public bool Remove(Parameter param)
    {
        var index = _parameters.IndexOf(param);
        if (index < 0)
        {
            return false;
        }

        RemoveAt(index);
        return true;
    }

    /// <inheritdoc />
    public void RemoveAt(int index)
    {
        _parameters[index].Changed = null;
        _parameters.RemoveAt(index);
        Changed?.Invoke();
    }

    /// <summary>Finds a parameter.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out Parameter? param)
    {
        var index = IndexOf(name);
        param = index < 0 ? null : _parameters[index];
        return param is not null;
    }

    /// <summary>Finds a parameter's value.</summary>
    public bool TryGetValue(string name, [NotNullWhen(true)] out string? value)
    {
        value = TryGetValue(name, out Parameter? parameter) ? parameter.Value : null;
        return value is not null;
    }

    /// <inheritdoc />
    public void Clear()
    {
        _parameters.ForEach(parameter => parameter.Changed = null);
        _parameters.Clear();
        Changed?.Invoke();
    }

    /// <inheritdoc />
    public void CopyTo(Parameter[] array, int arrayIndex) => _parameters.CopyTo(array, arrayIndex);

    /// <inheritdoc />
    public IEnumerator<Parameter> GetEnumerator() => _parameters.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc />
    public override string ToString() => string.Concat(_parameters.Select(parameter => $"; {parameter}"));

    private Parameter Attach(Parameter parameter)
    {
        parameter.Changed = () => Changed?.Invoke();
        return parameter;
    }
}
