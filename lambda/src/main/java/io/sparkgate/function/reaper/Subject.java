package io.sparkgate.function.reaper;

/** What a sweep looks at, and the words for it in records and reasons. */
public enum Subject {
  SESSION("session", "sessionId", "decision", "terminated", "terminations"),
  JOB_RUN("job run", "jobRunId", "jobRunDecision", "cancelled", "cancellations");

  private final String noun;
  private final String idField;
  private final String recordType;
  private final String ended;
  private final String ends;

  Subject(String noun, String idField, String recordType, String ended, String ends) {
    this.noun = noun;
    this.idField = idField;
    this.recordType = recordType;
    this.ended = ended;
    this.ends = ends;
  }

  public String noun() {
    return noun;
  }

  /** The field of a record that has its id. */
  public String idField() {
    return idField;
  }

  /** The type of the record that tells what became of one. */
  public String recordType() {
    return recordType;
  }

  /** What it is when a sweep ended it. */
  public String ended() {
    return ended;
  }

  /** What a sweep does to several. */
  public String ends() {
    return ends;
  }
}
