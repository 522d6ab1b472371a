package io.sparkgate.spark;

/** The processor of the workers; the names are those of the service. */
public enum CpuArchitecture {
  /** AWS Graviton: usually cheaper; native libraries and images must be built for it. */
  ARM64,
  /** The service's own default. */
  X86_64
}
