package dev.gyre.stream.control;
final class Main { public static void main(String[] a) {
  long t=System.nanoTime(); int bad=0;
  for (int s=Integer.parseInt(a[0]); s<=Integer.parseInt(a[1]); s++) { var f=ControlSimulation.failure(s); if (f.isPresent() && bad++<8) System.out.println(f.get()); }
  System.out.println(bad+" bad, ms "+(System.nanoTime()-t)/1000000);
  if (a.length>2) { var sim=new ControlSimulation(Long.parseLong(a[0])); try { sim.run(); } catch (Throwable e) { e.printStackTrace(System.out);} sim.lines().forEach(System.out::println); }
}}
