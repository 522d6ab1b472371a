package io.sparkgate.connect;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.Precision;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.jspecify.annotations.Nullable;

/**
 * Reads an Arrow stream of plain columns into rows. Arrow's own reader, of the version that Spark
 * has, works on no JDK after 20; its description of the format, which this stands on, on any.
 */
final class ArrowRows {
  private final ByteBuffer stream;
  private final List<List<@Nullable Object>> rows = new ArrayList<>();
  private Schema schema = new Schema();

  private ArrowRows(ByteBuffer stream) {
    this.stream = stream.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The rows of a stream: a schema and any number of batches. */
  static List<List<@Nullable Object>> read(ByteBuffer stream) {
    var reader = new ArrowRows(stream);
    while (reader.readMessage()) {}
    return reader.rows;
  }

  /** A marker, the length of the description, the description, the body. */
  private boolean readMessage() {
    if (stream.remaining() < 8) {
      return false;
    }
    stream.getInt();
    int length = stream.getInt();
    if (length == 0) {
      return false;
    }
    Message message = Message.getRootAsMessage(next(length));
    ByteBuffer body = next(Math.toIntExact(message.bodyLength()));
    switch (message.headerType()) {
      case MessageHeader.Schema -> message.header(schema);
      case MessageHeader.RecordBatch -> {
        var batch = new RecordBatch();
        message.header(batch);
        read(batch, body);
      }
      default -> throw new UnsupportedOperationException(MessageHeader.name(message.headerType()));
    }
    return true;
  }

  private ByteBuffer next(int length) {
    ByteBuffer slice = stream.slice(stream.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    stream.position(stream.position() + length);
    return slice;
  }

  private void read(RecordBatch batch, ByteBuffer body) {
    int first = rows.size();
    int count = Math.toIntExact(batch.length());
    for (int row = 0; row < count; row++) {
      rows.add(new ArrayList<>(schema.fieldsLength()));
    }
    int buffer = 0;
    for (int index = 0; index < schema.fieldsLength(); index++) {
      Field field = schema.fields(index);
      ByteBuffer valid = slice(body, batch.buffers(buffer));
      ByteBuffer data = slice(body, batch.buffers(buffer + 1));
      boolean isText = field.typeType() == Type.Utf8;
      ByteBuffer text = isText ? slice(body, batch.buffers(buffer + 2)) : data;
      boolean hasNulls = batch.nodes(index).nullCount() > 0;
      for (int row = 0; row < count; row++) {
        boolean isNull = hasNulls && !bit(valid, row);
        rows.get(first + row).add(isNull ? null : value(field, data, text, row));
      }
      buffer += isText ? 3 : 2;
    }
  }

  private static ByteBuffer slice(ByteBuffer body, Buffer buffer) {
    return body.slice(Math.toIntExact(buffer.offset()), Math.toIntExact(buffer.length()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private static boolean bit(ByteBuffer bits, int index) {
    return (bits.get(index / 8) >> (index % 8) & 1) == 1;
  }

  private static Object value(Field field, ByteBuffer data, ByteBuffer text, int row) {
    return switch (field.typeType()) {
      case Type.Bool -> bit(data, row);
      case Type.Int -> integer(((Int) field.type(new Int())).bitWidth(), data, row);
      case Type.FloatingPoint ->
          ((FloatingPoint) field.type(new FloatingPoint())).precision() == Precision.DOUBLE
              ? (Object) data.getDouble(row * Double.BYTES)
              : (Object) data.getFloat(row * Float.BYTES);
      case Type.Utf8 -> {
        int start = data.getInt(row * Integer.BYTES);
        var bytes = new byte[data.getInt((row + 1) * Integer.BYTES) - start];
        text.get(start, bytes);
        yield new String(bytes, StandardCharsets.UTF_8);
      }
      default ->
          throw new UnsupportedOperationException(
              "Column %s is a %s: cast it to a string"
                  .formatted(field.name(), Type.name(field.typeType())));
    };
  }

  private static Object integer(int bits, ByteBuffer data, int row) {
    return switch (bits) {
      case Byte.SIZE -> (Object) data.get(row);
      case Short.SIZE -> (Object) data.getShort(row * Short.BYTES);
      case Integer.SIZE -> (Object) data.getInt(row * Integer.BYTES);
      default -> (Object) data.getLong(row * Long.BYTES);
    };
  }
}
