package io.sparkgate.serverless;

/** What workers take together, or may take. */
record Capacity(long vcpu, long memoryGb, long diskGb) {

  static Capacity of(long count, WorkerSize size) {
    return new Capacity(size.vcpu(), size.memoryGb(), size.disk().sizeGb()).times(count);
  }

  Capacity plus(Capacity other) {
    return new Capacity(vcpu + other.vcpu, memoryGb + other.memoryGb, diskGb + other.diskGb);
  }

  Capacity times(long count) {
    return new Capacity(vcpu * count, memoryGb * count, diskGb * count);
  }

  boolean exceeds(Capacity limit) {
    return vcpu > limit.vcpu || memoryGb > limit.memoryGb || diskGb > limit.diskGb;
  }

  /** How many workers of this size run in it. */
  long workers(WorkerSize size) {
    return Math.min(vcpu / size.vcpu(), memoryGb / size.memoryGb());
  }

  @Override
  public String toString() {
    return vcpu + " vCPU / " + memoryGb + " GB / " + diskGb + " GB disk";
  }
}
