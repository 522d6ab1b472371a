package io.sparkgate.function.stub;

/** Holds answers back until it is opened, or until the stub is closed. */
public final class Gate {

  private boolean open;
  private int held;

  Gate() {}

  public synchronized void open() {
    open = true;
    notifyAll();
  }

  /** Returns when the gate holds so many answers back. */
  public synchronized void awaitHeld(int answers) throws InterruptedException {
    while (held < answers) {
      wait();
    }
  }

  synchronized void pass() throws InterruptedException {
    held++;
    notifyAll();
    while (!open) {
      wait();
    }
  }
}
