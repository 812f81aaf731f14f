namespace MongoDB.Driver;

/// <summary>An error of the driver or the server.</summary>
public class MongoException : Exception
{
    private readonly List<string> _errorLabels = [];

    /// <summary>Creates one.</summary>
    public MongoException(string message)
        : base(message)
    {
    }

    /// <summary>Creates one with the error behind it.</summary>
    public MongoException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The labels of the error.</summary>
    public IReadOnlyList<string> ErrorLabels => _errorLabels;

    /// <summary>Adds a label.</summary>
    public void AddErrorLabel(string errorLabel)
    {
        if (!_errorLabels.Contains(errorLabel))
        {
            _errorLabels.Add(errorLabel);
        }
    }

    /// <summary>Whether the error has that label.</summary>
    public bool HasErrorLabel(string errorLabel) => _errorLabels.Contains(errorLabel);

    /// <summary>Removes a label.</summary>
    public void RemoveErrorLabel(string errorLabel) => _errorLabels.Remove(errorLabel);
}
